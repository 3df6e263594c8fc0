package dev.saferun.audit.export;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.audit.log.EventFilter;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.Database;
import dev.saferun.platform.Ids;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Exports in the database. */
@Singleton
public class ExportStore {

  private static final Duration KEPT = Duration.ofDays(7);
  private static final int LIST_MAX = 200;

  private static final String INSERT =
      """
      insert into audit.export (organization_id, id, format, filter, size, actor_id, actor_name, at, expires_at)
      values (:organization, :id, :format, cast(cast(:filter as text) as jsonb), :size, :actor, :name, :at, :expires)
      """;

  private static final String LIST =
      "select "
          + Export.COLUMNS
          + " from audit.export where organization_id = $1 order by id desc limit $2";

  private static final String FIND =
      "select " + Export.COLUMNS + " from audit.export where organization_id = $1 and id = $2";

  /** A node has thirty seconds for each part; then another may go on. */
  private static final String TAKE =
      """
      update audit.export set held_until = now() + interval '30 seconds'
      where organization_id = $1 and id = (
        select id from audit.export
        where organization_id = $1 and state = 'running' and (held_until is null or held_until < now())
        order by id limit 1 for update skip locked)
      returning
      """
          + Export.COLUMNS;

  private static final String PART =
      """
      insert into audit.export_part (organization_id, export_id, number, content, bytes, sha256)
      values ($1, $2, $3, $4, $5, $6)
      """;

  private static final String FORWARD =
      """
      update audit.export set next_index = $4, parts = parts + 1, entries = entries + $5,
        bytes = bytes + $6, state = $7, held_until = now() + interval '30 seconds'
      where organization_id = $1 and id = $2 and parts = $3
      """;

  private static final String FAIL =
      "update audit.export set state = 'failed', fault = $3 where organization_id = $1 and id = $2";

  private static final String READ =
      """
      select content, sha256 from audit.export_part
      where organization_id = $1 and export_id = $2 and number = $3
      """;

  private static final String EXPIRE =
      "delete from audit.export where organization_id = $1 and expires_at < now()";

  private final Database database;
  private final AuditLog audit;
  private final InstantSource clock;

  ExportStore(Database database, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** A part as it is kept. */
  public record Part(byte[] gzip, byte[] sha256) {}

  /** Asks for an export, in one transaction with its audit event. */
  public CompletionStage<Export> ask(Actor by, String format, EventFilter filter, long size) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID id = Ids.next(now.toEpochMilli());
    String json = new String(CanonicalJson.write(filter.toJson()), StandardCharsets.UTF_8);
    return database
        .inSession(
            by.organizationId(),
            session ->
                session
                    .<Integer>createNativeQuery(INSERT)
                    .setParameter("organization", by.organizationId())
                    .setParameter("id", id)
                    .setParameter("format", format)
                    .setParameter("filter", json)
                    .setParameter("size", size)
                    .setParameter("actor", by.id())
                    .setParameter("name", by.name())
                    .setParameter("at", now)
                    .setParameter("expires", now.plus(KEPT))
                    .executeUpdate()
                    .thenCompose(
                        inserted ->
                            audit.record(
                                session, event(by, "audit.exported", id, about(format, filter)))))
        .thenCompose(recorded -> find(by.organizationId(), id))
        .thenApply(Optional::orElseThrow);
  }

  private static Map<String, @Nullable Object> about(String format, EventFilter filter) {
    Map<String, @Nullable Object> about = new LinkedHashMap<>();
    about.put("format", format);
    about.put("filter", filter.toJson());
    return about;
  }

  private static AuditEvent event(
      Actor by, String code, UUID id, Map<String, @Nullable Object> about) {
    return new AuditEvent(by, code, "export:" + id, null, about);
  }

  public CompletionStage<List<Export>> list(UUID organizationId) {
    return rows(organizationId, LIST, Tuple.of(organizationId, LIST_MAX))
        .thenApply(ExportStore::exports);
  }

  public CompletionStage<Optional<Export>> find(UUID organizationId, UUID id) {
    return rows(organizationId, FIND, Tuple.of(organizationId, id))
        .thenApply(rows -> exports(rows).stream().findFirst());
  }

  /** A part, once the audit log has that it was read. */
  public CompletionStage<Optional<Part>> read(Actor by, UUID id, int number) {
    return database
        .inSession(
            by.organizationId(),
            session ->
                audit.record(
                    session, event(by, "audit.export_read", id, Map.of("part", (long) number))))
        .thenCompose(
            recorded -> rows(by.organizationId(), READ, Tuple.of(by.organizationId(), id, number)))
        .thenApply(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(
                        new Part(
                            rows.iterator().next().getBuffer(0).getBytes(),
                            rows.iterator().next().getBuffer(1).getBytes())));
  }

  /** Takes an export to work on that no other node has. */
  CompletionStage<Optional<Export>> take(UUID organizationId) {
    return rows(organizationId, TAKE, Tuple.of(organizationId))
        .thenApply(rows -> exports(rows).stream().findFirst());
  }

  /** Writes a part and how far it got, or nothing where another node was faster. */
  CompletionStage<Boolean> write(Export export, ExportPart part) {
    Tuple written =
        Tuple.tuple()
            .addValue(export.organizationId())
            .addValue(export.id())
            .addValue(export.parts())
            .addValue(Buffer.buffer(part.gzip()))
            .addValue(part.bytes())
            .addValue(Buffer.buffer(part.sha256()));
    Tuple forward =
        Tuple.tuple()
            .addValue(export.organizationId())
            .addValue(export.id())
            .addValue(export.parts())
            .addValue(part.nextIndex())
            .addValue(part.entries())
            .addValue(part.bytes())
            .addValue(part.isLast() ? "done" : "running");
    return database.inConnection(
        export.organizationId(),
        connection ->
            connection
                .preparedQuery(FORWARD)
                .execute(forward)
                .compose(
                    moved ->
                        moved.rowCount() == 0
                            ? Future.succeededFuture(false)
                            : connection.preparedQuery(PART).execute(written).map(rows -> true))
                .toCompletionStage());
  }

  CompletionStage<Integer> fail(Export export, String fault) {
    return rows(
            export.organizationId(), FAIL, Tuple.of(export.organizationId(), export.id(), fault))
        .thenApply(RowSet::rowCount);
  }

  CompletionStage<Integer> expire(UUID organizationId) {
    return rows(organizationId, EXPIRE, Tuple.of(organizationId)).thenApply(RowSet::rowCount);
  }

  private static List<Export> exports(RowSet<Row> rows) {
    List<Export> exports = new ArrayList<>(rows.size());
    rows.forEach(row -> exports.add(Export.of(row)));
    return exports;
  }

  private CompletionStage<RowSet<Row>> rows(UUID organizationId, String sql, Tuple parameters) {
    return database.inConnection(
        organizationId,
        connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage());
  }
}
