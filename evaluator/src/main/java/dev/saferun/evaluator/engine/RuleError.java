package dev.saferun.evaluator.engine;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a rule failed while it ran, each with the one sentence that people see. */
enum RuleError {
  NO_SUCH_FIELD("The rule reads a field that the request does not have."),
  NO_SUCH_KEY("The rule reads a key or a position that the request does not have."),
  TYPE_MISMATCH("The rule met a value of another type than it expects."),
  OVERFLOW("The rule computed a number out of range."),
  DIVIDE_BY_ZERO("The rule divided by zero."),
  COST_EXCEEDED("The rule used up its step budget."),
  UNKNOWN_VALUE("The rule needs a value that redaction took."),
  OTHER("The rule failed while it ran.");

  /**
   * How dev.cel begins its message for a field of what has none; a missing key has the same code.
   */
  private static final String NOT_A_MAP = "Error resolving field";

  private final String message;

  RuleError(String message) {
    this.message = message;
  }

  String message() {
    return message;
  }

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RuleError of(CelEvaluationException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RuleFailure ours) {
        return ours.error();
      }
    }
    return of(failure.getErrorCode(), failure);
  }

  private static RuleError of(CelErrorCode code, CelEvaluationException failure) {
    return switch (code) {
      case ATTRIBUTE_NOT_FOUND -> isFieldOfScalar(failure.getCause()) ? NO_SUCH_FIELD : NO_SUCH_KEY;
      case INDEX_OUT_OF_BOUNDS -> NO_SUCH_KEY;
      case DIVIDE_BY_ZERO -> DIVIDE_BY_ZERO;
      case NUMERIC_OVERFLOW -> OVERFLOW;
      case ITERATION_BUDGET_EXCEEDED -> COST_EXCEEDED;
      case INVALID_ARGUMENT, OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD, BAD_FORMAT -> TYPE_MISMATCH;
      case INTERNAL_ERROR ->
          // What is not a bool where CEL needs one has no code of its own.
          failure.getCause() instanceof IllegalArgumentException ? TYPE_MISMATCH : OTHER;
      case DUPLICATE_ATTRIBUTE, TYPE_NOT_FOUND -> OTHER;
    };
  }

  private static boolean isFieldOfScalar(@Nullable Throwable cause) {
    return cause != null && String.valueOf(cause.getMessage()).startsWith(NOT_A_MAP);
  }
}
