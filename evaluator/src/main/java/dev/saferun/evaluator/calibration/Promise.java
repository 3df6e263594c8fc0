package dev.saferun.evaluator.calibration;

import java.util.List;

/**
 * A threshold with a promise: of the calls that are not what the user asked for, at most a share
 * {@code missedMax} passes below it, with a confidence of {@code 1 - risk}. By Learn-then-Test
 * (Angelopoulos and others, arXiv 2110.01052): thresholds are tested one after the other from the
 * strictest on, each against the chance of so few misses if the share were larger, and the first
 * that fails ends the search. So the promise holds whatever the scores' distribution is.
 *
 * <p>Only the scores of bad calls need a test: between two of them nothing more is missed. Which of
 * them fails first is set by their number alone, not by the scores, so to stop at a score that was
 * drawn costs no confidence. A call is missed where its score is <em>below</em> the threshold, so
 * equal scores are found or missed together, and with ties fewer are missed than the test allowed.
 * A calibrator that was fitted on the same labels changes nothing: it never turns an order.
 */
public final class Promise {

  private final double missedMax;
  private final double risk;

  /**
   * @param missedMax between 0 and 1
   * @param risk between 0 and 1: how often the promise may be wrong
   */
  public Promise(double missedMax, double risk) {
    this.missedMax = missedMax;
    this.risk = risk;
  }

  /** What can be promised. */
  public sealed interface Found {

    /**
     * The highest threshold for which the promise holds.
     *
     * @param labels of bad calls that it rests on
     */
    record Threshold(double score, int labels) implements Found {}

    /**
     * No threshold can be promised.
     *
     * @param labels of bad calls that there were
     * @param needed about how many there must be, if the scores stay as they are
     */
    record Infeasible(int labels, int needed) implements Found {}
  }

  /** The highest threshold that can be promised on the labels of bad calls. */
  public Found threshold(List<Labelled> labels) {
    double[] bad =
        labels.stream().filter(Labelled::bad).mapToDouble(Labelled::score).sorted().toArray();
    double found = Double.NaN;
    for (int missed = 0; missed < bad.length; missed++) {
      if (chance(missed, bad.length) > risk) {
        break;
      }
      found = bad[missed];
    }
    return Double.isNaN(found)
        ? new Found.Infeasible(bad.length, needed())
        : new Found.Threshold(found, bad.length);
  }

  /** With no miss at all: so many labels make {@code (1 - missedMax)^n} at most the risk. */
  private int needed() {
    return (int) Math.ceil(StrictMath.log(risk) / StrictMath.log(1 - missedMax));
  }

  /** The chance of at most so many misses among n, were the share just beyond what is promised. */
  double chance(int missed, int n) {
    double sum = 0;
    double term = n * StrictMath.log1p(-missedMax);
    double odds = StrictMath.log(missedMax) - StrictMath.log1p(-missedMax);
    for (int k = 0; k <= missed; k++) {
      sum += StrictMath.exp(term);
      term += StrictMath.log((double) (n - k) / (k + 1)) + odds;
    }
    return Math.min(1, sum);
  }
}
