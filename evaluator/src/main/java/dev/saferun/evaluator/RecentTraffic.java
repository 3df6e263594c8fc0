package dev.saferun.evaluator;

import java.util.List;
import java.util.Map;

/**
 * Calls as they came lately, whether anybody labelled them or not: what tells how many calls a day
 * a threshold would reach. Labels cannot, for people label what they look at.
 *
 * @param days that it looks back
 * @param callsADay of all calls in them
 * @param sampled calls that were looked at, the newest; some may have had nothing measured
 * @param calls those of them that were measured
 */
public record RecentTraffic(int days, double callsADay, int sampled, List<Call> calls) {

  public RecentTraffic {
    calls = List.copyOf(calls);
  }

  /**
   * One call.
   *
   * @param thresholds those in force for its tool in its environment
   * @param standsFor so many calls a day
   */
  public record Call(
      Map<Feature, Double> features, IntentThresholds thresholds, double standsFor) {}
}
