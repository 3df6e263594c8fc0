package dev.saferun.replay.http;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.redaction.Redactor;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parameters of the address, read strictly. */
final class Parameters {

  private static final int RUN_ID_CHARACTERS_MAX = 200;

  private Parameters() {}

  static UUID id(String value) {
    if (value.length() == 36) {
      try {
        return UUID.fromString(value);
      } catch (IllegalArgumentException notAnId) {
        // Nothing has such an id.
        throw absent();
      }
    }
    throw absent();
  }

  static @Nullable UUID optionalId(@Nullable String value) {
    return value == null ? null : id(value);
  }

  static @Nullable OffsetDateTime time(String name, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(value);
    } catch (DateTimeParseException fault) {
      throw invalid("the parameter " + name + " must be a time such as 2026-11-23T04:05:06Z");
    }
  }

  static int limit(@Nullable Integer value, int usual, int most) {
    int limit = value == null ? usual : value;
    if (limit < 1 || limit > most) {
      throw invalid("the parameter limit must be from 1 to " + most);
    }
    return limit;
  }

  /** The name of a run that is written to: it is kept as it is, so it must not carry a secret. */
  static String newRunId(String runId) {
    boolean plain =
        !runId.isEmpty()
            && runId.length() <= RUN_ID_CHARACTERS_MAX
            && runId.chars().noneMatch(Character::isISOControl);
    if (!plain) {
      throw invalid(
          "a run id has 1 to " + RUN_ID_CHARACTERS_MAX + " characters and no control characters");
    }
    if (Redactor.carriesSecret(runId)) {
      throw invalid("the run id looks like a secret or a card number; it would be kept as it is");
    }
    return runId;
  }

  static ProblemException invalid(String detail) {
    return new ProblemException(CommonProblem.INVALID_PARAMETER, detail);
  }

  static ProblemException absent() {
    return new ProblemException(CommonProblem.NOT_FOUND, "there is no such thing in your scope");
  }
}
