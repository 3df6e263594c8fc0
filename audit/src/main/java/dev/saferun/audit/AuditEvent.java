package dev.saferun.audit;

import dev.saferun.platform.Actor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who did what to what.
 *
 * @param code stable and dotted, such as {@code key.created}; another one where it was not done
 * @param outcome whether it was done
 * @param target what it was done to, such as {@code key:0198…}
 * @param before what it was, or null where it is new; never a secret
 * @param after what it became, or null where it is gone; never a secret
 */
public record AuditEvent(
    Actor actor,
    String code,
    Outcome outcome,
    String target,
    @Nullable Map<String, @Nullable Object> before,
    @Nullable Map<String, @Nullable Object> after) {

  /** Whether the deed was done. */
  public enum Outcome {
    SUCCESS,
    /** It was tried and refused, or it went wrong; nothing was changed. */
    FAILURE
  }

  /** Something that was done. */
  public AuditEvent(
      Actor actor,
      String code,
      String target,
      @Nullable Map<String, @Nullable Object> before,
      @Nullable Map<String, @Nullable Object> after) {
    this(actor, code, Outcome.SUCCESS, target, before, after);
  }

  /** Something that was tried and not done. */
  public static AuditEvent failed(
      Actor actor, String code, String target, @Nullable Map<String, @Nullable Object> what) {
    return new AuditEvent(actor, code, Outcome.FAILURE, target, null, what);
  }
}
