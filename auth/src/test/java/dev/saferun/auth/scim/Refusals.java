package dev.saferun.auth.scim;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.saferun.platform.ProblemException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What was refused, as a directory is told of it. */
final class Refusals {

  private Refusals() {}

  static String codeOf(ThrowingCallable work) {
    ProblemException problem = catchThrowableOfType(ProblemException.class, work);
    return problem == null ? "taken" : problem.code().code();
  }
}
