package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values by RFC 4180, one line an event and always the same columns, of which new
 * ones come last.
 */
final class CsvFormat implements EventFormat {

  private record Column(String name, Function<EventDocument, @Nullable String> cell) {

    static Column text(String name, String... path) {
      return new Column(name, event -> event.text(path));
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", EventDocument::id),
          new Column("at", EventDocument::at),
          new Column("organization_id", EventDocument::organizationId),
          new Column("kind", EventDocument::kind),
          Column.text("code", "code"),
          Column.text("outcome", "outcome"),
          Column.text("actor_kind", "actor", "kind"),
          Column.text("actor_id", "actor", "id"),
          Column.text("actor_name", "actor", "name"),
          Column.text("address", "address"),
          Column.text("target", "target"),
          Column.text("request_id", "request_id"),
          Column.text("log_index", "log", "index"),
          Column.text("before", "before"),
          Column.text("after", "after"),
          Column.text("title", "title"),
          Column.text("message", "message"),
          Column.text("severity", "severity"),
          Column.text("disposition", "disposition"),
          Column.text("subject_kind", "subject", "kind"),
          Column.text("subject_id", "subject", "id"),
          Column.text("resource_kind", "resource", "kind"),
          Column.text("resource_name", "resource", "name"),
          Column.text("project", "project"),
          Column.text("environment", "environment"),
          Column.text("reasons", "reasons"),
          Column.text("confidence", "confidence"),
          Column.text("run_id", "links", "run_id"),
          Column.text("frame", "links", "frame"),
          Column.text("decision_id", "links", "decision_id"),
          Column.text("size", "size"),
          Column.text("root", "root"),
          Column.text("note", "note"));

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public Optional<byte[]> header() {
    return Optional.of(line(Column::name));
  }

  @Override
  public byte[] write(StreamedEvent event) {
    EventDocument document = EventDocument.of(event);
    return line(column -> CsvCell.of(column.cell().apply(document)));
  }

  private static byte[] line(Function<Column, String> cell) {
    return COLUMNS.stream()
        .map(cell)
        .collect(Collectors.joining(","))
        .getBytes(StandardCharsets.UTF_8);
  }
}
