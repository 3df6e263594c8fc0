package dev.saferun.evaluator.engine;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;

/** A failure of ours inside a condition; carries no value of the request and no stack trace. */
final class RuleFailure extends CelRuntimeException {

  private static final long serialVersionUID = 1L;

  private final RuleError error;

  RuleFailure(RuleError error) {
    super(new IllegalStateException(error.message(), null), CelErrorCode.INVALID_ARGUMENT);
    this.error = error;
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
