package dev.saferun.tenancy;

import java.util.List;

/** What an environment is set to when it is made, by its name; the package's page says why. */
public record EnvironmentDefaults(
    Mode mode, OnOverflow onOverflow, OnError onError, int requestsPerSecondMax) {

  /** The environments that every new project has. */
  public static final List<String> NAMES = List.of("development", "staging", "production");

  /** More than one node answers, so that the limit stops a runaway client and never a busy one. */
  public static final int REQUESTS_PER_SECOND_MAX = 50_000;

  public static EnvironmentDefaults of(String environment) {
    return switch (environment) {
      case "production" -> with(Mode.BLOCK, OnOverflow.STOP, OnError.DENY);
      case "staging" -> with(Mode.WARN, OnOverflow.PROCEED_UNRECORDED, OnError.ESCALATE);
      default -> with(Mode.LOG, OnOverflow.PROCEED_UNRECORDED, OnError.IGNORE);
    };
  }

  private static EnvironmentDefaults with(Mode mode, OnOverflow onOverflow, OnError onError) {
    return new EnvironmentDefaults(mode, onOverflow, onError, REQUESTS_PER_SECOND_MAX);
  }
}
