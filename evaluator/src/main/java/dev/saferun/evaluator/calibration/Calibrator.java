package dev.saferun.evaluator.calibration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a model's score into a probability that holds on labelled calls; it never turns an order.
 */
public sealed interface Calibrator {

  /** The probability, from 0 to 1. */
  double probability(double score);

  /** What it is and its numbers. */
  Map<String, @Nullable Object> toJson();

  /** The calibrator that {@link #toJson} wrote; none is identity. */
  static Calibrator of(Map<String, @Nullable Object> json) {
    return switch (String.valueOf(json.get("kind"))) {
      case "platt" -> new Platt(number(json.get("slope")), number(json.get("shift")));
      case "isotonic" ->
          new Isotonic(numbers(json.get("scores")), numbers(json.get("probabilities")));
      default -> new Identity();
    };
  }

  private static double number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("a calibrator without a number");
  }

  private static List<Double> numbers(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(Calibrator::number).toList()
        : List.of();
  }

  /** As it is. */
  record Identity() implements Calibrator {
    @Override
    public double probability(double score) {
      return score;
    }

    @Override
    public Map<String, @Nullable Object> toJson() {
      return Map.of("kind", "identity");
    }
  }

  /**
   * A logistic curve over the score's log-odds. With a shift of 0 it is temperature scaling: the
   * slope is one over the temperature.
   */
  record Platt(double slope, double shift) implements Calibrator {
    @Override
    public double probability(double score) {
      return 1 / (1 + StrictMath.exp(-(slope * logOdds(score) + shift)));
    }

    @Override
    public Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("kind", "platt");
      json.put("slope", slope);
      json.put("shift", shift);
      return json;
    }
  }

  /**
   * Steps that only rise, with straight lines between their middles.
   *
   * @param scores where the steps stand, rising
   * @param probabilities of them, never falling
   */
  record Isotonic(List<Double> scores, List<Double> probabilities) implements Calibrator {
    public Isotonic {
      scores = List.copyOf(scores);
      probabilities = List.copyOf(probabilities);
    }

    @Override
    public double probability(double score) {
      int last = scores.size() - 1;
      if (score <= scores.getFirst()) {
        return probabilities.getFirst();
      }
      for (int step = 1; step <= last; step++) {
        if (score <= scores.get(step)) {
          double from = scores.get(step - 1);
          double share = (score - from) / (scores.get(step) - from);
          double below = probabilities.get(step - 1);
          return below + share * (probabilities.get(step) - below);
        }
      }
      return probabilities.get(last);
    }

    @Override
    public Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("kind", "isotonic");
      json.put("scores", scores);
      json.put("probabilities", probabilities);
      return json;
    }
  }

  /** The log-odds, for scores a millionth away from certainty at most. */
  static double logOdds(double score) {
    double bounded = Math.clamp(score, 1e-6, 1 - 1e-6);
    return StrictMath.log(bounded / (1 - bounded));
  }
}
