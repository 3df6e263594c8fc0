package dev.saferun.evaluator.calibration;

import java.util.Arrays;

/**
 * Logistic regression whose weights may be held to one sign: a measurement that speaks against a
 * call never comes to speak for it because of the examples that happened to be there. Fitted by
 * Newton steps along one coordinate after the other, with a square penalty on the weights.
 */
public final class SignedRegression {

  private static final int ROUNDS_MAX = 500;
  private static final double STEP_MIN = 1e-7;
  private static final double STEP_MAX = 2;

  private final double[][] columns;
  private final boolean[] bad;
  private final double[] counts;
  private final int[] signs;
  private final double penalty;
  private final double[] weights;
  private final double[] sums;
  private double intercept;

  /**
   * @param columns one row of values for each feature
   * @param bad whether the example is what is to be found
   * @param counts how much each example counts
   * @param signs 1, -1, or 0 for either
   */
  public SignedRegression(
      double[][] columns, boolean[] bad, double[] counts, int[] signs, double penalty) {
    this.columns = columns;
    this.bad = bad;
    this.counts = counts;
    this.signs = signs;
    this.penalty = penalty;
    this.weights = new double[columns.length];
    this.sums = new double[bad.length];
  }

  /** Fits; a weight that its sign forbids is 0. */
  public SignedRegression fit() {
    double[] ones = new double[bad.length];
    Arrays.fill(ones, 1);
    for (int round = 0; round < ROUNDS_MAX; round++) {
      double largest = Math.abs(stepIntercept(ones));
      for (int feature = 0; feature < columns.length; feature++) {
        largest = Math.max(largest, Math.abs(step(feature)));
      }
      if (largest < STEP_MIN) {
        break;
      }
    }
    return this;
  }

  public double[] weights() {
    return weights.clone();
  }

  public double intercept() {
    return intercept;
  }

  private double stepIntercept(double[] ones) {
    double step = newton(ones, 0, 0);
    intercept += step;
    move(ones, step);
    return step;
  }

  private double step(int feature) {
    double weight = weights[feature];
    double wanted = weight + newton(columns[feature], weight, penalty);
    double allowed =
        switch (signs[feature]) {
          case 1 -> Math.max(0, wanted);
          case -1 -> Math.min(0, wanted);
          default -> wanted;
        };
    double step = allowed - weight;
    if (step != 0) {
      weights[feature] = allowed;
      move(columns[feature], step);
    }
    return step;
  }

  private double newton(double[] column, double weight, double penalized) {
    double slope = 2 * penalized * weight;
    double curve = 2 * penalized + 1e-9;
    for (int example = 0; example < bad.length; example++) {
      double value = column[example];
      if (value != 0) {
        double probability = 1 / (1 + StrictMath.exp(-sums[example]));
        slope += counts[example] * value * (probability - (bad[example] ? 1 : 0));
        curve += counts[example] * value * value * probability * (1 - probability);
      }
    }
    return Math.clamp(-slope / curve, -STEP_MAX, STEP_MAX);
  }

  private void move(double[] column, double step) {
    for (int example = 0; example < sums.length; example++) {
      sums[example] += step * column[example];
    }
  }
}
