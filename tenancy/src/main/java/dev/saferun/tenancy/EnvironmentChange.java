package dev.saferun.tenancy;

import java.util.Optional;

/** The settings of an environment that a change names; those it does not name stay as they are. */
public record EnvironmentChange(
    Optional<Mode> mode,
    Optional<OnOverflow> onOverflow,
    Optional<OnError> onError,
    Optional<Integer> requestsPerSecondMax) {

  /** Names nothing: a new environment has the defaults of its name. */
  public static final EnvironmentChange NONE =
      new EnvironmentChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
