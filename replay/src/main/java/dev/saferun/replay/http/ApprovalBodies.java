package dev.saferun.replay.http;

import dev.saferun.evaluator.RequestLimits;
import dev.saferun.platform.BodyFields;
import dev.saferun.redaction.Redactor;
import dev.saferun.replay.approval.ApprovalState;
import dev.saferun.replay.approval.Approvals.Claim;
import dev.saferun.replay.approval.Approvals.Decision;
import dev.saferun.replay.approval.Ruling;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what reviewers and agents send. */
final class ApprovalBodies {

  private static final int COMMENT_CHARACTERS_MAX = 1_000;
  private static final int HASH_CHARACTERS = 64;

  private ApprovalBodies() {}

  static Decision decision(Ruling ruling, byte[] body) {
    BodyFields fields = BodyFields.read(body, "call_hash", "comment");
    String hash = fields.text("call_hash").orElseThrow(() -> fields.absent("call_hash"));
    return new Decision(ruling, hash(fields, hash), comment(fields));
  }

  private static byte[] hash(BodyFields fields, String hash) {
    if (hash.length() == HASH_CHARACTERS && hash.chars().allMatch(HexFormat::isHexDigit)) {
      return HexFormat.of().parseHex(hash);
    }
    throw fields.refusal(
        "call_hash", "must be the approval's call_hash, of the call that was seen");
  }

  /** It goes into the audit log, from which nothing is ever taken. */
  private static @Nullable String comment(BodyFields fields) {
    String comment = fields.text("comment", COMMENT_CHARACTERS_MAX).orElse(null);
    if (comment != null && comment.indexOf('\0') >= 0) {
      throw fields.refusal("comment", "must not hold the character U+0000");
    }
    if (comment != null && Redactor.carriesSecret(comment)) {
      throw fields.refusal(
          "comment", "looks like it holds a secret or a card number; it would be kept as it is");
    }
    return comment;
  }

  /** The same {@code action} as in the check; only tool and arguments count. */
  static Claim claim(byte[] body, @Nullable String idempotencyKey) {
    if (body.length > RequestLimits.REQUEST_BYTES.most()) {
      throw RequestLimits.REQUEST_BYTES.refuse(
          "a claim has at most " + RequestLimits.REQUEST_BYTES.most() + " bytes", null);
    }
    BodyFields fields = BodyFields.read(body, "action");
    BodyFields action =
        fields
            .object("action", "tool", "arguments", "call_id", "description")
            .orElseThrow(() -> fields.absent("action"));
    String tool = action.text("tool").orElseThrow(() -> action.absent("tool"));
    Map<String, @Nullable Object> arguments =
        action.tree("arguments").orElseThrow(() -> action.absent("arguments"));
    return new Claim(tool, arguments, key(idempotencyKey));
  }

  private static @Nullable String key(@Nullable String header) {
    if (header == null) {
      return null;
    }
    int most = RequestLimits.IDEMPOTENCY_KEY_CHARACTERS.most();
    boolean visible = header.chars().allMatch(c -> c > ' ' && c < 0x7F);
    if (header.isEmpty() || header.length() > most || !visible) {
      throw RequestLimits.IDEMPOTENCY_KEY_CHARACTERS.refuse(
          "Idempotency-Key must have 1 to " + most + " visible ASCII characters", null);
    }
    return header;
  }

  /** No tool is named with a character that no column can hold. */
  static @Nullable String tool(@Nullable String name) {
    if (name != null && name.indexOf('\0') >= 0) {
      throw Parameters.invalid("the parameter tool must not hold the character U+0000");
    }
    return name;
  }

  static @Nullable UUID cursor(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException fault) {
      throw Parameters.invalid("the parameter cursor is not one that was given out");
    }
  }

  static @Nullable ApprovalState state(@Nullable String wire) {
    if (wire == null) {
      return null;
    }
    return Arrays.stream(ApprovalState.values())
        .filter(state -> state.wire().equals(wire))
        .findFirst()
        .orElseThrow(
            () ->
                Parameters.invalid(
                    "the parameter state must be one of "
                        + Arrays.stream(ApprovalState.values())
                            .map(ApprovalState::wire)
                            .collect(Collectors.joining(", "))));
  }
}
