package dev.saferun.audit.delivery;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a destination is.
 *
 * @param cursor the position that is sent next
 * @param end the position that the next event will have
 * @param waitingSince when the event at the cursor happened; null where none waits
 * @param failures in a row
 * @param fault why the last batch was not taken; null where it was
 */
public record Progress(
    long cursor,
    long end,
    @Nullable OffsetDateTime waitingSince,
    long delivered,
    @Nullable OffsetDateTime deliveredAt,
    int failures,
    @Nullable OffsetDateTime retryAt,
    @Nullable String fault,
    @Nullable OffsetDateTime faultAt,
    long deadLetters) {

  static final String COLUMNS =
      """
      v.cursor, v.delivered, v.delivered_at, v.failures, v.retry_at, v.fault, v.fault_at,
      (select coalesce(max(position) + 1, 0) from audit.stream
        where organization_id = d.organization_id) as stream_end,
      (select at from audit.stream
        where organization_id = d.organization_id and position = v.cursor) as waiting_since,
      (select count(*) from audit.dead_letter
        where organization_id = d.organization_id and destination_id = d.id) as dead_letters
      """;

  static Progress of(Row row) {
    return new Progress(
        row.getLong("cursor"),
        row.getLong("stream_end"),
        row.getOffsetDateTime("waiting_since"),
        row.getLong("delivered"),
        row.getOffsetDateTime("delivered_at"),
        row.getInteger("failures"),
        row.getOffsetDateTime("retry_at"),
        row.getString("fault"),
        row.getOffsetDateTime("fault_at"),
        row.getLong("dead_letters"));
  }

  long lag() {
    return Math.max(0, end - cursor);
  }

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("cursor", cursor);
    json.put("waiting", lag());
    put(json, "waiting_since", waitingSince);
    json.put("delivered", delivered);
    put(json, "delivered_at", deliveredAt);
    json.put("failures", (long) failures);
    put(json, "retry_at", retryAt);
    put(json, "fault", fault);
    put(json, "fault_at", faultAt);
    json.put("dead_letters", deadLetters);
    return json;
  }

  private static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
    if (value instanceof OffsetDateTime time) {
      json.put(name, time.toInstant().toString());
    } else if (value != null) {
      json.put(name, value.toString());
    }
  }
}
