package dev.saferun.evaluator.engine;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** A failure of ours inside a condition; carries no value of the request and no stack trace. */
final class RuleFailure extends CelRuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Map<RuleError, RuleFailure> ALL = all();

  private final RuleError error;

  private RuleFailure(RuleError error) {
    super(new IllegalStateException(error.message(), null), CelErrorCode.INVALID_ARGUMENT);
    this.error = error;
  }

  private static Map<RuleError, RuleFailure> all() {
    Map<RuleError, RuleFailure> all = new EnumMap<>(RuleError.class);
    for (RuleError error : RuleError.values()) {
      all.put(error, new RuleFailure(error));
    }
    return all;
  }

  /** The one failure of its kind: it says nothing of where or when, so it need not be made anew. */
  static RuleFailure of(RuleError error) {
    return Objects.requireNonNull(ALL.get(error));
  }

  RuleError error() {
    return error;
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // Nothing is touched.
  public Throwable fillInStackTrace() {
    return this;
  }
}
