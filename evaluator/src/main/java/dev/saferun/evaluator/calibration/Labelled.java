package dev.saferun.evaluator.calibration;

/**
 * A score with what is known of its call.
 *
 * @param bad whether the call was not what the user asked for
 * @param weight how many calls it stands for: one over the chance that it was looked at
 */
public record Labelled(double score, boolean bad, double weight) {

  public Labelled(double score, boolean bad) {
    this(score, bad, 1);
  }
}
