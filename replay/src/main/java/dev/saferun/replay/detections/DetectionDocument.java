package dev.saferun.replay.detections;

import dev.saferun.replay.capture.Evidence;
import dev.saferun.tenancy.EnvironmentSettings;
import io.vertx.sqlclient.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the words of those who watch.
 *
 * @param row of the frame
 * @param evidence what is kept of it
 * @param place where it was decided; null where that is gone
 */
record DetectionDocument(
    Row row, Map<String, @Nullable Object> evidence, @Nullable EnvironmentSettings place) {

  /** What became of the call, by the decision's effect. */
  private enum Kind {
    STOPPED("call.stopped", "stopped", "high", "blocked"),
    HELD("call.held", "held until somebody approves it", "high", "blocked"),
    WARNED("call.warned", "let through with a warning", "medium", "allowed");

    private final String code;
    private final String words;
    private final String severity;
    private final String disposition;

    Kind(String code, String words, String severity, String disposition) {
      this.code = code;
      this.words = words;
      this.severity = severity;
      this.disposition = disposition;
    }

    static Kind of(String effect) {
      return switch (effect) {
        case "stop" -> STOPPED;
        case "wait_for_approval" -> HELD;
        default -> WARNED;
      };
    }
  }

  Map<String, @Nullable Object> toJson() {
    Kind kind = Kind.of(row.getString("effect"));
    Map<String, @Nullable Object> decision = Evidence.object(evidence.get("decision"));
    List<Map<String, @Nullable Object>> reasons = reasons(decision);
    String tool = String.valueOf(row.getString("tool"));
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", row.getUUID("record_id").toString());
    document.put("at", row.getOffsetDateTime("received_at").toInstant().toString());
    document.put("organization_id", row.getUUID("organization_id").toString());
    document.put("kind", "detection");
    document.put("code", kind.code);
    document.put("title", "A call of " + tool + " was " + kind.words);
    document.put("message", message(reasons));
    document.put("severity", kind.severity);
    document.put("disposition", kind.disposition);
    document.put("subject", subject());
    document.put("resource", Map.of("kind", "tool", "name", tool));
    if (place != null) {
      document.put("project", place.project());
      document.put("environment", place.environment());
    }
    document.put("reasons", reasons);
    if (Evidence.object(decision.get("intent")).get("score") instanceof Number score) {
      document.put("confidence", score);
    }
    document.put("links", links());
    return document;
  }

  private static List<Map<String, @Nullable Object>> reasons(
      Map<String, @Nullable Object> decision) {
    return decision.get("reasons") instanceof List<?> list
        ? list.stream().map(Evidence::object).map(DetectionDocument::reason).toList()
        : List.of();
  }

  private static Map<String, @Nullable Object> reason(Map<String, @Nullable Object> reason) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("kind", reason.get("kind"));
    told.put("id", reason.get("source"));
    told.put("title", reason.get("message"));
    return told;
  }

  private static String message(List<Map<String, @Nullable Object>> reasons) {
    return reasons.isEmpty() ? "" : String.valueOf(reasons.getFirst().get("title"));
  }

  private Map<String, @Nullable Object> subject() {
    Map<String, @Nullable Object> agent = Evidence.object(evidence.get("agent"));
    Map<String, @Nullable Object> subject = new LinkedHashMap<>();
    subject.put("kind", "agent");
    subject.put("id", agent.getOrDefault("name", "unknown"));
    putIfAny(subject, "version", agent.get("version"));
    putIfAny(subject, "model", agent.get("model"));
    return subject;
  }

  private Map<String, @Nullable Object> links() {
    Map<String, @Nullable Object> links = new LinkedHashMap<>();
    links.put("run_id", row.getString("run_id"));
    links.put("frame", row.getLong("frame"));
    links.put("decision_id", String.valueOf(row.getUUID("decision_id")));
    return links;
  }

  private static void putIfAny(
      Map<String, @Nullable Object> tree, String name, @Nullable Object value) {
    if (value != null) {
      tree.put(name, value);
    }
  }
}
