package dev.saferun.audit.log;

import dev.saferun.platform.StrictJson;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as the database has it. */
public record RecordedEvent(
    UUID organizationId,
    UUID id,
    Instant at,
    String actorKind,
    UUID actorId,
    String actorName,
    @Nullable String address,
    @Nullable String requestId,
    String code,
    String outcome,
    String target,
    @Nullable Map<String, @Nullable Object> before,
    @Nullable Map<String, @Nullable Object> after) {

  /** What a query selects, with the table as {@code e}. */
  public static final String COLUMNS =
      """
      e.organization_id, e.id, e.at, e.actor_kind, e.actor_id, e.actor_name, e.address,
      e.request_id, e.code, e.outcome, e.target, e.before::text as before, e.after::text as after
      """;

  public static RecordedEvent of(Row row) {
    return new RecordedEvent(
        row.getUUID("organization_id"),
        row.getUUID("id"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("actor_kind"),
        row.getUUID("actor_id"),
        row.getString("actor_name"),
        row.getString("address"),
        row.getString("request_id"),
        row.getString("code"),
        row.getString("outcome"),
        row.getString("target"),
        tree(row.getString("before")),
        tree(row.getString("after")));
  }

  private static @Nullable Map<String, @Nullable Object> tree(@Nullable String json) {
    return json == null ? null : StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * As the API, receivers and exports have it.
   *
   * @param index its place in the log; null while it has none
   */
  public Map<String, @Nullable Object> document(@Nullable Long index) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", id.toString());
    document.put("at", at.toString());
    document.put("organization_id", organizationId.toString());
    document.put("kind", "audit");
    document.put("code", code);
    document.put("outcome", outcome);
    document.put("actor", Map.of("kind", actorKind, "id", actorId.toString(), "name", actorName));
    putIfAny(document, "address", address);
    document.put("target", target);
    putIfAny(document, "request_id", requestId);
    putIfAny(document, "before", before);
    putIfAny(document, "after", after);
    if (index != null) {
      document.put("log", Map.of("index", index));
    }
    return document;
  }

  private static void putIfAny(
      Map<String, @Nullable Object> document, String name, @Nullable Object value) {
    if (value != null) {
      document.put(name, value);
    }
  }
}
