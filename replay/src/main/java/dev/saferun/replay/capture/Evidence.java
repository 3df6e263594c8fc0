package dev.saferun.replay.capture;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Fingerprints;
import dev.saferun.evaluator.Observation;
import dev.saferun.evaluator.Opinion;
import dev.saferun.evaluator.RunLog.Decided;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.WindowReading;
import dev.saferun.evaluator.WindowUse;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.redaction.RedactedMembers;
import dev.saferun.replay.approval.HeldCalls;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
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

  /** Of a held call: the hash of what may be approved. */
  public static final String CALL_HASH = "call_hash";

  /** Of a held call: until when it may be approved and claimed. */
  public static final String APPROVAL_EXPIRES_AT = "approval_expires_at";

  /**
   * Members that the redactor leaves as they are: each is written here from a number, an id, a hash
   * or a time of ours, was searched for secrets at the door, or says by whom a label was given, as
   * the audit log does.
   */
  private static final Set<String> STRUCTURAL_MEMBERS =
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
          "actor_kind",
          "request_id",
          "address",
          "fingerprint",
          "duration_millis",
          "observed",
          CALL_HASH,
          APPROVAL_EXPIRES_AT,
          "idempotency_key_hash",
          "idempotency_body_sha256");

  /** Members that hold what an agent sent, and nothing of ours. */
  private static final Set<String> CAPTURED_MEMBERS =
      Set.of("action", "context", "content", "result", "error", "comment");

  /** How redaction looks at the members of every document that is kept. */
  public static final RedactedMembers MEMBERS =
      new RedactedMembers(STRUCTURAL_MEMBERS, CAPTURED_MEMBERS);

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
      RunState before,
      Decided decided,
      UUID decisionId,
      Instant receivedAt,
      @Nullable KeyedRequest request) {
    Map<String, @Nullable Object> document =
        frame(ACTION, check.runId(), before.frame(), check.step(), check.at(), receivedAt);
    document.put("agent", check.agent());
    document.put("action", check.action());
    document.put("context", check.context());
    document.put("run", run(before, decided.after()));
    Opinion opinion = decided.secondOpinion();
    if (opinion != null) {
      document.put("second_opinion", opinion.toJson());
    }
    document.put("decision_id", decisionId.toString());
    document.put("decision", decided.decision().toJson());
    document.put("fingerprint", Fingerprints.text(decided.after().recent().call(0)));
    if (request != null) {
      document.put("idempotency_key_hash", HEX.formatHex(request.keyHash()));
      document.put("idempotency_body_sha256", HEX.formatHex(request.bodySha256()));
    }
    document.put("timing", Map.of("decide_micros", decided.microsTaken()));
    return document;
  }

  /** What a call that waits for a person has beside. */
  static void putHeld(Map<String, @Nullable Object> action, HeldCalls.Note note) {
    action.put(CALL_HASH, HEX.formatHex(note.callHash()));
    action.put(APPROVAL_EXPIRES_AT, time(note.expiresAt()));
  }

  /**
   * The inputs that the decision had from the run, and what the call changed in it where only its
   * evaluation knew.
   */
  private static Map<String, @Nullable Object> run(RunState before, RunState after) {
    Map<String, @Nullable Object> run = before.toJson();
    run.put("after", before.changeTo(after));
    return run;
  }

  /**
   * The state after an action, from its evidence.
   *
   * @throws RuntimeException when the evidence tells none, for redaction took a part of it
   */
  public static RunState stateAfter(Map<String, @Nullable Object> action) {
    Map<String, @Nullable Object> run = object(action.get("run"));
    return RunState.fromJson(run)
        .changed(
            String.valueOf(object(action.get("action")).get("tool")), object(run.get("after")));
  }

  /** The state once an outcome is known, from the outcome's evidence. */
  public static RunState stateAfter(RunState before, Map<String, @Nullable Object> outcome) {
    return outcome.get("action_frame") instanceof Long actionFrame
            && outcome.get("observed") instanceof String observed
        ? before.observed(actionFrame, Observation.fromText(observed))
        : before;
  }

  /** What an action added to windows, from its evidence. */
  static List<WindowUse> windowUses(Map<String, @Nullable Object> action) {
    return object(action.get("run")).get("windows") instanceof List<?> windows
        ? windows.stream().map(window -> WindowReading.fromJson(object(window)).use()).toList()
        : List.of();
  }

  /** The name of the agent that asked; empty where it gave none. */
  static String agentName(Map<String, @Nullable Object> action) {
    return object(action.get("agent")).get("name") instanceof String name ? name : "";
  }

  /** The answer to the check, from its evidence alone: a retry after a crash gives these bytes. */
  static byte[] answer(Map<String, @Nullable Object> action) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>(object(action.get("decision")));
    answer.remove(Decision.SHADOW);
    answer.put("decision_id", action.get("decision_id"));
    answer.put("run_id", action.get("run_id"));
    answer.put("frame", action.get("frame"));
    answer.put("recorded", true);
    if (action.get(CALL_HASH) != null) {
      answer.put("approval", approval(action));
    }
    return CanonicalJson.write(answer);
  }

  /** Where the caller of a held call asks what became of it. */
  private static Map<String, @Nullable Object> approval(Map<String, @Nullable Object> action) {
    Map<String, @Nullable Object> approval = new LinkedHashMap<>();
    approval.put("id", action.get("decision_id"));
    approval.put("url", "/v1/approvals/" + action.get("decision_id"));
    approval.put("call_hash", action.get(CALL_HASH));
    approval.put("expires_at", action.get(APPROVAL_EXPIRES_AT));
    return approval;
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
}
