package dev.saferun.evaluator;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What the evaluator may take.
 *
 * @param intentDeadline how long the Intent Guard may measure one call; beyond it the call is
 *     decided as the guard's setting {@code unavailable} says. The clock is looked at after some
 *     thousand steps, so a call of the usual size never runs into it, however busy the machine is
 * @param meaningTime how long one call may have texts run through the sentence model that were not
 *     run before; what is not told by then is judged by words alone. Zero: there is no such model
 */
@ConfigurationProperties("saferun.evaluator")
public record EvaluatorConfiguration(
    @Bindable(defaultValue = "20ms") Duration intentDeadline,
    @Bindable(defaultValue = "5ms") Duration meaningTime) {

  public EvaluatorConfiguration {
    if (intentDeadline.isNegative() || intentDeadline.isZero()) {
      throw new IllegalArgumentException("saferun.evaluator.intent-deadline must be above zero");
    }
    if (meaningTime.isNegative()) {
      throw new IllegalArgumentException("saferun.evaluator.meaning-time must not be below zero");
    }
  }

  /** The defaults, as the annotations say them. */
  public static EvaluatorConfiguration defaults() {
    return new EvaluatorConfiguration(Duration.ofMillis(20), Duration.ofMillis(5));
  }
}
