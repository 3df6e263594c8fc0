package dev.saferun.replay.backtest;

import dev.saferun.evaluator.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the calls would have moved, by a number in their arguments that the customer names.
 *
 * <p>Sums of calls: those that were let through and would be stopped, those that were stopped and
 * would be let through, and those that stay stopped. Calls without such a number are counted.
 */
final class Money {

  private final List<String> steps;
  private double newlyStopped;
  private double newlyPassed;
  private double stillStopped;
  private long counted;
  private long uncounted;

  /**
   * @param steps the names on the way into the arguments
   */
  Money(List<String> steps) {
    this.steps = steps;
  }

  void add(Map<String, @Nullable Object> arguments, boolean was, Effect wouldBe) {
    Object value = arguments;
    for (String step : steps) {
      value = value instanceof Map<?, ?> object ? object.get(step) : null;
    }
    if (!(value instanceof Number number)) {
      uncounted++;
      return;
    }
    counted++;
    boolean stops = wouldBe == Effect.STOP || wouldBe == Effect.WAIT_FOR_APPROVAL;
    if (was && stops) {
      stillStopped += number.doubleValue();
    } else if (stops) {
      newlyStopped += number.doubleValue();
    } else if (was) {
      newlyPassed += number.doubleValue();
    }
  }

  void add(Money other) {
    newlyStopped += other.newlyStopped;
    newlyPassed += other.newlyPassed;
    stillStopped += other.stillStopped;
    counted += other.counted;
    uncounted += other.uncounted;
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("newly_stopped", newlyStopped);
    json.put("newly_passed", newlyPassed);
    json.put("still_stopped", stillStopped);
    json.put("calls_with_amount", counted);
    json.put("calls_without_amount", uncounted);
    return json;
  }
}
