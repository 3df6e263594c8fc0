package dev.saferun.replay.store;

import dev.saferun.evaluator.Fingerprints;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.Sealed;
import dev.saferun.replay.approval.RequestedApproval;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.journal.Idempotency;
import dev.saferun.replay.journal.JournalEntry;
import dev.saferun.replay.journal.RecordKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A journal record as columns: the header's, and what is taken out of the evidence for reading.
 * Only that much of the evidence's tree is held, since a batch has a thousand of them.
 *
 * @param evidence the members that columns are made of
 * @param search the action as {@code jsonb} can take it; null where it is large
 */
record FrameRow(
    JournalEntry entry, Map<String, @Nullable Object> evidence, @Nullable String search) {

  /** Evidence nests the request's trees deeper than the door does. */
  static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  private static final int SEARCH_BYTES_MAX = 16 << 10;

  private static final Set<String> COLUMN_MEMBERS =
      Set.of(
          "kind",
          "run_id",
          "frame",
          "decision_id",
          "at",
          "step",
          "fingerprint",
          "agent",
          "decision",
          Evidence.CALL_HASH,
          Evidence.APPROVAL_EXPIRES_AT,
          "label",
          "comment",
          "actor",
          "actor_kind",
          "request_id",
          "address");

  static FrameRow of(JournalEntry entry) {
    Map<String, @Nullable Object> evidence =
        Evidence.object(StrictJson.parse(entry.body(), DEPTH_MAX));
    Object action = evidence.get("action");
    evidence.keySet().retainAll(COLUMN_MEMBERS);
    evidence.put("tool", Evidence.object(action).get("tool"));
    return new FrameRow(entry, evidence, search(action));
  }

  RecordKind kind() {
    return entry.header().kind();
  }

  /** What was sealed of it, where something was. */
  Sealed sealed() {
    return Objects.requireNonNull(entry.sealed(), "nothing was sealed of this record");
  }

  UUID recordId() {
    return entry.header().recordId();
  }

  UUID environmentId() {
    return entry.header().environment();
  }

  OffsetDateTime receivedAt() {
    return receivedAt(entry);
  }

  static OffsetDateTime receivedAt(JournalEntry entry) {
    return Instant.EPOCH
        .plus(entry.header().receivedMicros(), ChronoUnit.MICROS)
        .atOffset(ZoneOffset.UTC);
  }

  String runId() {
    return String.valueOf(text("run_id"));
  }

  long frame() {
    Long frame = whole("frame");
    if (frame == null) {
      throw new IllegalArgumentException("a frame without a number");
    }
    return frame;
  }

  @Nullable String text(String name) {
    return evidence.get(name) instanceof String text ? column(text) : null;
  }

  @Nullable Long whole(String name) {
    return evidence.get(name) instanceof Long whole ? whole : null;
  }

  @Nullable UUID decisionId() {
    String id = text("decision_id");
    return id == null ? null : UUID.fromString(id);
  }

  /** What the client said, where that is a time. */
  @Nullable OffsetDateTime at() {
    String at = text("at");
    if (at == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(at);
    } catch (DateTimeParseException notATime) {
      return null;
    }
  }

  @Nullable String in(String object, String name) {
    return Evidence.object(evidence.get(object)).get(name) instanceof String text
        ? column(text)
        : null;
  }

  /** A column cannot hold the character U+0000; the evidence does. */
  private static String column(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
  }

  @Nullable Long fingerprint() {
    String fingerprint = text("fingerprint");
    return fingerprint == null ? null : Fingerprints.array(fingerprint)[0];
  }

  @Nullable Idempotency idempotency() {
    return entry.header().idempotency();
  }

  /** The rules and guards that spoke. */
  List<String> rules() {
    List<String> rules = new ArrayList<>();
    if (Evidence.object(evidence.get("decision")).get("reasons") instanceof List<?> reasons) {
      for (Object reason : reasons) {
        if (Evidence.object(reason).get("source") instanceof String source) {
          rules.add(source);
        }
      }
    }
    return rules;
  }

  /** Whether it holds a call that waits for a person; frames of before there was that do not. */
  boolean isHeld() {
    return evidence.get(Evidence.CALL_HASH) != null;
  }

  RequestedApproval requestedApproval() {
    return new RequestedApproval(
        entry.header().project(),
        environmentId(),
        recordId(),
        runId(),
        frame(),
        text("tool"),
        HexFormat.of().parseHex(String.valueOf(text(Evidence.CALL_HASH))),
        receivedAt().toInstant(),
        Instant.parse(String.valueOf(text(Evidence.APPROVAL_EXPIRES_AT))));
  }

  private static @Nullable String search(@Nullable Object action) {
    if (action == null) {
      return null;
    }
    byte[] json = CanonicalJson.write(SearchCopy.of(action));
    return json.length > SEARCH_BYTES_MAX ? null : new String(json, StandardCharsets.UTF_8);
  }
}
