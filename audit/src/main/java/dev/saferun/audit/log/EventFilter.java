package dev.saferun.audit.log;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for; what is null is not looked at.
 *
 * @param code a code, or the beginning of codes followed by {@code *}
 * @param from the first moment
 * @param to the moment after the last
 */
public record EventFilter(
    @Nullable String code,
    @Nullable String outcome,
    @Nullable UUID actorId,
    @Nullable String target,
    @Nullable String requestId,
    @Nullable Instant from,
    @Nullable Instant to) {

  public static final EventFilter ALL = new EventFilter(null, null, null, null, null, null, null);

  private static final char ANY = '*';

  public boolean isAll() {
    return equals(ALL);
  }

  /** The condition on the event {@code e}; its values are added to the parameters. */
  String where(Tuple parameters) {
    StringBuilder where = new StringBuilder();
    if (code != null) {
      boolean isPrefix = !code.isEmpty() && code.charAt(code.length() - 1) == ANY;
      and(
          where,
          parameters,
          isPrefix ? "starts_with(e.code, %s)" : "e.code = %s",
          isPrefix ? code.substring(0, code.length() - 1) : code);
    }
    and(where, parameters, "e.outcome = %s", outcome);
    and(where, parameters, "e.actor_id = %s", actorId);
    and(where, parameters, "e.target = %s", target);
    and(where, parameters, "e.request_id = %s", requestId);
    and(where, parameters, "e.at >= %s", from == null ? null : from.atOffset(ZoneOffset.UTC));
    and(where, parameters, "e.at < %s", to == null ? null : to.atOffset(ZoneOffset.UTC));
    return where.toString();
  }

  private static void and(
      StringBuilder where, Tuple parameters, String condition, @Nullable Object value) {
    if (value != null) {
      parameters.addValue(value);
      where.append(" and ").append(condition.formatted("$" + parameters.size()));
    }
  }

  /** As the log tells of an export, and as an export keeps it. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    put(json, "code", code);
    put(json, "outcome", outcome);
    put(json, "actor", actorId);
    put(json, "target", target);
    put(json, "request_id", requestId);
    put(json, "from", from);
    put(json, "to", to);
    return json;
  }

  private static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value.toString());
    }
  }
}
