package dev.saferun.audit.export;

import dev.saferun.audit.log.EventFilter;
import dev.saferun.platform.StrictJson;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An export and how far it got.
 *
 * @param size of the log when it was asked for
 * @param nextIndex entries before it are written, or not asked for
 */
public record Export(
    UUID organizationId,
    UUID id,
    String format,
    EventFilter filter,
    long size,
    String actorName,
    Instant at,
    Instant expiresAt,
    long nextIndex,
    int parts,
    long entries,
    long bytes,
    State state,
    @Nullable String fault) {

  /** The whole log in the form that can be verified. */
  public static final String LOG = "log";

  /** Whether it is still written. */
  public enum State {
    RUNNING,
    DONE,
    FAILED
  }

  static final String COLUMNS =
      """
      organization_id, id, format, filter::text as filter, size, actor_name, at, expires_at,
      next_index, parts, entries, bytes, state, fault
      """;

  static Export of(Row row) {
    return new Export(
        row.getUUID("organization_id"),
        row.getUUID("id"),
        row.getString("format"),
        FilterJson.read(
            StrictJson.parseObject(row.getString("filter").getBytes(StandardCharsets.UTF_8))),
        row.getLong("size"),
        row.getString("actor_name"),
        row.getOffsetDateTime("at").toInstant(),
        row.getOffsetDateTime("expires_at").toInstant(),
        row.getLong("next_index"),
        row.getInteger("parts"),
        row.getLong("entries"),
        row.getLong("bytes"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("fault"));
  }

  boolean isLog() {
    return format.equals(LOG);
  }

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", id.toString());
    json.put("format", format);
    json.put("filter", filter.toJson());
    json.put("state", state.name().toLowerCase(Locale.ROOT));
    json.put("by", actorName);
    json.put("at", at.toString());
    json.put("expires_at", expiresAt.toString());
    json.put("log_size", size);
    json.put("log_read", nextIndex);
    json.put("parts", (long) parts);
    json.put("entries", entries);
    json.put("bytes", bytes);
    if (fault != null) {
      json.put("fault", fault);
    }
    return json;
  }
}
