package dev.saferun.replay.approval;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How calls wait for a person.
 *
 * @param life how long one waits: what is not approved and claimed by then is expired. It counts
 *     from the check; what waits already keeps the time that it was answered with
 */
@ConfigurationProperties("saferun.approvals")
public record ApprovalConfiguration(@Bindable(defaultValue = "1h") Duration life) {

  private static final Duration LIFE_MIN = Duration.ofSeconds(1);
  private static final Duration LIFE_MAX = Duration.ofDays(7);

  public ApprovalConfiguration {
    if (life.compareTo(LIFE_MIN) < 0 || life.compareTo(LIFE_MAX) > 0) {
      throw new IllegalArgumentException("saferun.approvals.life must be from 1s to 7d");
    }
  }

  /** The defaults, as the annotations say them. */
  public static ApprovalConfiguration defaults() {
    return new ApprovalConfiguration(Duration.ofHours(1));
  }
}
