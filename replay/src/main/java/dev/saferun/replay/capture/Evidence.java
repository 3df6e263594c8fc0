package dev.saferun.replay.capture;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.RunLog.Decided;
import dev.saferun.evaluator.RunState;
import dev.saferun.platform.CanonicalJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The documents that are kept, before redaction: built by reference from the trees of the request,
 * without copies. Their form is an interface, numbered by {@code format}: proofs read it years
 * later.
 */
public final class Evidence {

  /**
   * Members that the redactor leaves as they are: each is written here from a number, an id, a hash
   * or a time of ours, or was searched for secrets at the door.
   */
  public static final Set<String> STRUCTURAL_MEMBERS =
      Set.of(
          "format",
          "kind",
          "frame",
          "run_id",
          "step",
          "received_at",
          "decision_id",
          "action_frame",
          "label",
          "fingerprint",
          "duration_millis",
          "idempotency_key_hash",
          "idempotency_body_sha256");

  /** The kind of a frame that holds a checked call. */
  public static final String ACTION = "action";

  private static final long FORMAT = 1;
  private static final HexFormat HEX = HexFormat.of();
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Evidence() {}

  /** What every document begins with. */
  static Map<String, @Nullable Object> begin(String kind, Instant receivedAt) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("format", FORMAT);
    document.put("kind", kind);
    document.put("received_at", time(receivedAt));
    return document;
  }

  /** A frame of a run. */
  static Map<String, @Nullable Object> frame(
      String kind,
      String runId,
      long frame,
      @Nullable Long step,
      @Nullable String at,
      Instant receivedAt) {
    Map<String, @Nullable Object> document = begin(kind, receivedAt);
    document.put("run_id", runId);
    document.put("frame", frame);
    putIfPresent(document, "step", step);
    putIfPresent(document, "at", at);
    return document;
  }

  /** A checked call with all that it was decided from. */
  static Map<String, @Nullable Object> action(
      Check check,
      RunEntry.Turn turn,
      Decided decided,
      UUID decisionId,
      Instant receivedAt,
      @Nullable KeyedRequest request) {
    Map<String, @Nullable Object> document =
        frame(ACTION, check.runId(), turn.frame(), check.step(), check.at(), receivedAt);
    document.put("agent", check.agent());
    document.put("action", check.action());
    document.put("context", check.context());
    document.put("run", run(turn.state(), decided.after()));
    document.put("decision_id", decisionId.toString());
    document.put("decision", decided.decision().toJson());
    if (!decided.after().recent().isEmpty()) {
      document.put("fingerprint", fingerprint(decided.after().recent().getFirst()));
    }
    if (request != null) {
      document.put("idempotency_key_hash", HEX.formatHex(request.keyHash()));
      document.put("idempotency_body_sha256", HEX.formatHex(request.bodySha256()));
    }
    document.put("timing", Map.of("decide_micros", decided.microsTaken()));
    return document;
  }

  /** The inputs that the decision had from the run, and the sums after it, which only it knew. */
  private static Map<String, @Nullable Object> run(RunState before, RunState after) {
    Map<String, @Nullable Object> run = new LinkedHashMap<>();
    run.put("state", before.whole() ? "whole" : "partial");
    run.put("calls", before.calls());
    run.put("calls_by_tool", before.callsByTool());
    run.put("sums", before.sums());
    if (!after.sums().equals(before.sums())) {
      run.put("sums_after", after.sums());
    }
    List<Object> recent = new ArrayList<>(before.recent().size());
    for (long fingerprint : before.recent()) {
      recent.add(fingerprint(fingerprint));
    }
    run.put("recent", recent);
    return run;
  }

  /**
   * The letter in front keeps sixteen digits that happen to be decimal from being taken for a card
   * number.
   */
  private static String fingerprint(long value) {
    return "f" + HEX.toHexDigits(value);
  }

  /** The state after an action, from its evidence. */
  public static RunState stateAfter(Map<String, @Nullable Object> action) {
    Map<String, @Nullable Object> run = object(action.get("run"));
    Object tool = object(action.get("action")).get("tool");
    Map<String, Long> callsByTool = new LinkedHashMap<>();
    object(run.get("calls_by_tool")).forEach((name, count) -> callsByTool.put(name, whole(count)));
    callsByTool.merge(String.valueOf(tool), 1L, Long::sum);
    Object sums = run.containsKey("sums_after") ? run.get("sums_after") : run.get("sums");
    Map<String, Double> sumsAfter = new LinkedHashMap<>();
    object(sums)
        .forEach(
            (name, sum) -> sumsAfter.put(name, sum instanceof Number n ? n.doubleValue() : 0.0));
    return new RunState(
        "whole".equals(run.get("state")),
        whole(run.get("calls")) + 1,
        callsByTool,
        sumsAfter,
        recentAfter(action, run));
  }

  private static List<Long> recentAfter(
      Map<String, @Nullable Object> action, Map<String, @Nullable Object> run) {
    List<Long> recent = new ArrayList<>();
    if (action.get("fingerprint") instanceof String latest) {
      recent.add(HexFormat.fromHexDigitsToLong(latest.substring(1)));
    }
    if (run.get("recent") instanceof List<?> earlier) {
      for (Object fingerprint : earlier) {
        if (recent.size() < RunState.RECENT_MAX && fingerprint instanceof String text) {
          recent.add(HexFormat.fromHexDigitsToLong(text.substring(1)));
        }
      }
    }
    return recent;
  }

  /** The answer to the check, from its evidence alone: a retry after a crash gives these bytes. */
  static byte[] answer(Map<String, @Nullable Object> action) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>(object(action.get("decision")));
    answer.put("decision_id", action.get("decision_id"));
    answer.put("run_id", action.get("run_id"));
    answer.put("frame", action.get("frame"));
    answer.put("recorded", true);
    return CanonicalJson.write(answer);
  }

  static String time(Instant at) {
    return MICROS.format(at);
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  static void putIfPresent(
      Map<String, @Nullable Object> document, String name, @Nullable Object value) {
    if (value != null) {
      document.put(name, value);
    }
  }

  /** The object, or an empty one where the value is something else. */
  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }

  private static long whole(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
