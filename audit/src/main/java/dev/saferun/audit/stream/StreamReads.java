package dev.saferun.audit.stream;

import dev.saferun.audit.DetectionSource;
import dev.saferun.audit.log.RecordedEvent;
import dev.saferun.platform.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads the stream of an organization. */
@Singleton
public class StreamReads {

  private static final String STREAM =
      "select s.position, s.kind, s.id as stream_id, s.at as stream_at, s.number, c.note, "
          + RecordedEvent.COLUMNS
          + """
          from audit.stream s
          left join audit.event e on s.kind = 'audit'
            and e.organization_id = s.organization_id and e.id = s.id
          left join audit.checkpoint c on s.kind = 'checkpoint'
            and c.organization_id = s.organization_id and c.size = s.number
          where s.organization_id = $1 and s.position >= $2 and s.kind = any ($3)
          order by s.position limit $4
          """;

  private static final String END =
      "select coalesce(max(position) + 1, 0) from audit.stream where organization_id = $1";

  private static final String FIRST_OF =
      """
      select coalesce(min(position), (select coalesce(max(position) + 1, 0) from audit.stream
        where organization_id = $1))
      from audit.stream where organization_id = $1 and at >= $2
      """;

  private final Database database;
  private final List<DetectionSource> detections;

  StreamReads(Database database, List<DetectionSource> detections) {
    this.database = database;
    this.detections = List.copyOf(detections);
  }

  /** Events of some kinds from a position on, in their order. */
  public CompletionStage<List<StreamedEvent>> read(
      UUID organizationId, long from, List<StreamedEvent.Kind> kinds, int most) {
    Tuple parameters =
        Tuple.tuple()
            .addValue(organizationId)
            .addValue(from)
            .addValue(kinds.stream().map(StreamedEvent.Kind::wire).toArray(String[]::new))
            .addValue(most);
    return database
        .inConnection(
            organizationId,
            connection -> connection.preparedQuery(STREAM).execute(parameters).toCompletionStage())
        .thenCompose(
            rows -> {
              List<Row> all = new ArrayList<>(rows.size());
              rows.forEach(all::add);
              return found(organizationId, all)
                  .thenApply(
                      found -> all.stream().map(row -> event(organizationId, row, found)).toList());
            });
  }

  /** The position that the next event will have. */
  public CompletionStage<Long> end(UUID organizationId) {
    return number(organizationId, END, Tuple.of(organizationId));
  }

  /** The position of the first event of that time or later. */
  public CompletionStage<Long> firstOf(UUID organizationId, Instant time) {
    return number(
        organizationId, FIRST_OF, Tuple.of(organizationId, time.atOffset(ZoneOffset.UTC)));
  }

  private CompletionStage<Long> number(UUID organizationId, String sql, Tuple parameters) {
    return database.inConnection(
        organizationId,
        connection ->
            connection
                .preparedQuery(sql)
                .execute(parameters)
                .map(rows -> rows.iterator().next().getLong(0))
                .toCompletionStage());
  }

  private CompletionStage<Map<UUID, Map<String, @Nullable Object>>> found(
      UUID organizationId, List<Row> rows) {
    List<UUID> ids =
        rows.stream()
            .filter(row -> kind(row) == StreamedEvent.Kind.DETECTION)
            .map(row -> row.getUUID("stream_id"))
            .toList();
    CompletionStage<Map<UUID, Map<String, @Nullable Object>>> all =
        CompletableFuture.completedStage(new HashMap<>());
    if (ids.isEmpty()) {
      return all;
    }
    for (DetectionSource source : detections) {
      all =
          all.thenCombine(
              source.read(organizationId, ids),
              (joined, some) -> {
                joined.putAll(some);
                return joined;
              });
    }
    return all;
  }

  private static StreamedEvent event(
      UUID organizationId, Row row, Map<UUID, Map<String, @Nullable Object>> detections) {
    StreamedEvent.Kind kind = kind(row);
    UUID id = row.getUUID("stream_id");
    Instant at = row.getOffsetDateTime("stream_at").toInstant();
    Map<String, @Nullable Object> document =
        switch (kind) {
          case AUDIT -> RecordedEvent.of(row).document(row.getLong("number"));
          case DETECTION -> detections.getOrDefault(id, gone(organizationId, id, at));
          case CHECKPOINT -> CheckpointDocument.of(organizationId, id, at, row);
        };
    return new StreamedEvent(organizationId, row.getLong("position"), id, at, kind, document);
  }

  /** What it was ended with its run; that it was is told all the same. */
  private static Map<String, @Nullable Object> gone(UUID organizationId, UUID id, Instant at) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", id.toString());
    document.put("at", at.toString());
    document.put("organization_id", organizationId.toString());
    document.put("kind", "detection");
    document.put("code", "detection.gone");
    document.put("title", "A detection whose record was deleted before it was sent");
    return document;
  }

  private static StreamedEvent.Kind kind(Row row) {
    return StreamedEvent.Kind.ofWire(row.getString("kind"));
  }
}
