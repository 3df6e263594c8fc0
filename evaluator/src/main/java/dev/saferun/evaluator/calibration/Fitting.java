package dev.saferun.evaluator.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes calibrators from labelled scores. */
public final class Fitting {

  /** From so many labels on steps are trusted more than a curve. */
  public static final int ISOTONIC_LABELS_MIN = 1_000;

  /** Fewer of one kind say nothing about it. */
  public static final int LABELS_OF_A_KIND_MIN = 5;

  private static final int ROUNDS_MAX = 200;
  private static final double STEP_MIN = 1e-10;

  private Fitting() {}

  /** The way that so many labels allow. */
  public static Calibrator fit(List<Labelled> labels) {
    return labels.size() >= ISOTONIC_LABELS_MIN ? isotonic(labels) : platt(labels);
  }

  /**
   * Platt's curve by Newton's method, on targets that are moved away from 0 and 1 by the numbers of
   * labels, as Platt has it (Advances in Large Margin Classifiers, 1999).
   */
  public static Calibrator.Platt platt(List<Labelled> labels) {
    return curve(labels, true);
  }

  /** One temperature for all scores; the order and the point of even odds stay. */
  public static Calibrator.Platt temperature(List<Labelled> labels) {
    return curve(labels, false);
  }

  private static Calibrator.Platt curve(List<Labelled> labels, boolean shifted) {
    double bad = labels.stream().filter(Labelled::bad).mapToDouble(Labelled::weight).sum();
    double good = labels.stream().filter(one -> !one.bad()).mapToDouble(Labelled::weight).sum();
    double badTarget = (bad + 1) / (bad + 2);
    double goodTarget = 1 / (good + 2);
    double slope = 1;
    double shift = shifted ? StrictMath.log((bad + 1) / (good + 1)) : 0;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      double slopeGradient = 0;
      double shiftGradient = 0;
      double slopeCurve = 1e-12;
      double shiftCurve = 1e-12;
      double both = 0;
      for (Labelled one : labels) {
        double odds = Calibrator.logOdds(one.score());
        double probability = 1 / (1 + StrictMath.exp(-(slope * odds + shift)));
        double error = one.weight() * (probability - (one.bad() ? badTarget : goodTarget));
        double spread = one.weight() * probability * (1 - probability);
        slopeGradient += error * odds;
        shiftGradient += error;
        slopeCurve += spread * odds * odds;
        shiftCurve += spread;
        both += spread * odds;
      }
      double slopeStep;
      double shiftStep = 0;
      if (shifted) {
        double determinant = slopeCurve * shiftCurve - both * both + 1e-12;
        slopeStep = (shiftCurve * slopeGradient - both * shiftGradient) / determinant;
        shiftStep = (slopeCurve * shiftGradient - both * slopeGradient) / determinant;
      } else {
        slopeStep = slopeGradient / slopeCurve;
      }
      slope = Math.max(1e-3, slope - Math.clamp(slopeStep, -1, 1));
      shift -= Math.clamp(shiftStep, -2, 2);
      if (Math.abs(slopeStep) + Math.abs(shiftStep) < STEP_MIN) {
        break;
      }
    }
    return new Calibrator.Platt(slope, shift);
  }

  /** Pool adjacent violators: the rising steps that are nearest to the labels. */
  public static Calibrator.Isotonic isotonic(List<Labelled> labels) {
    List<Pool> pools = new ArrayList<>();
    for (Labelled one :
        labels.stream().sorted(Comparator.comparingDouble(Labelled::score)).toList()) {
      Pool pool = new Pool(one);
      if (!pools.isEmpty() && pools.getLast().highest == one.score()) {
        pool = pools.removeLast().with(pool);
      }
      while (!pools.isEmpty() && pools.getLast().mean() >= pool.mean()) {
        pool = pools.removeLast().with(pool);
      }
      pools.add(pool);
    }
    List<Double> scores = new ArrayList<>();
    List<Double> probabilities = new ArrayList<>();
    for (Pool pool : pools) {
      add(scores, probabilities, pool.lowest, pool.mean());
      add(scores, probabilities, pool.highest, pool.mean());
    }
    return new Calibrator.Isotonic(scores, probabilities);
  }

  private static void add(
      List<Double> scores, List<Double> probabilities, double score, double probability) {
    if (scores.isEmpty() || scores.getLast() < score) {
      scores.add(score);
      probabilities.add(probability);
    }
  }

  /** Labels that share one probability. */
  private record Pool(double lowest, double highest, double weight, double bad) {
    Pool(Labelled one) {
      this(one.score(), one.score(), one.weight(), one.bad() ? one.weight() : 0);
    }

    Pool with(Pool higher) {
      return new Pool(lowest, higher.highest, weight + higher.weight, bad + higher.bad);
    }

    double mean() {
      return bad / weight;
    }
  }
}
