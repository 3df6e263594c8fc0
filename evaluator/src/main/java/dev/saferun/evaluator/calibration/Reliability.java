package dev.saferun.evaluator.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How far probabilities hold on labelled calls: bins of equal numbers with their counts, the error
 * over them with its range, Brier's score and its skill, and what thresholds find and disturb.
 */
public final class Reliability {

  private static final int BINS = 10;
  private static final int RESAMPLED = 200;
  private static final double RANGE = 0.95;
  private static final double NORMAL = 1.959964;
  private static final double FALSE_ALARMS = 0.01;

  private final List<Labelled> labels;

  /**
   * @param labels with probabilities as their scores
   */
  public Reliability(List<Labelled> labels) {
    this.labels = labels.stream().sorted(Comparator.comparingDouble(Labelled::score)).toList();
  }

  /**
   * Calls of about one probability.
   *
   * @param said the mean probability
   * @param was the share that was bad
   * @param low with 95 % confidence the share is at least this (Wilson)
   * @param high and at most this
   */
  public record Bin(int count, double said, double was, double low, double high) {

    Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("count", (long) count);
      json.put("said", said);
      json.put("was", was);
      json.put("low", low);
      json.put("high", high);
      return json;
    }
  }

  public List<Bin> bins() {
    return bins(labels);
  }

  private static List<Bin> bins(List<Labelled> sorted) {
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      int from = (int) ((long) sorted.size() * bin / BINS);
      int to = (int) ((long) sorted.size() * (bin + 1) / BINS);
      if (to > from) {
        bins.add(bin(sorted.subList(from, to)));
      }
    }
    return bins;
  }

  private static Bin bin(List<Labelled> labels) {
    double said = labels.stream().mapToDouble(Labelled::score).average().orElse(0);
    long bad = labels.stream().filter(Labelled::bad).count();
    int n = labels.size();
    double was = (double) bad / n;
    double square = NORMAL * NORMAL;
    double middle = (was + square / (2 * n)) / (1 + square / n);
    double half =
        NORMAL / (1 + square / n) * Math.sqrt(was * (1 - was) / n + square / (4.0 * n * n));
    return new Bin(n, said, was, Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /** The expected calibration error over bins of equal numbers. */
  public double error() {
    return error(labels);
  }

  private static double error(List<Labelled> sorted) {
    double sum = 0;
    for (Bin bin : bins(sorted)) {
      sum += bin.count * Math.abs(bin.said - bin.was);
    }
    return sorted.isEmpty() ? 0 : sum / sorted.size();
  }

  /** The error's 95 % range, by resampling the labels with a fixed seed. */
  public double[] errorRange() {
    Random random = new Random(11);
    double[] errors = new double[RESAMPLED];
    for (int round = 0; round < RESAMPLED; round++) {
      List<Labelled> drawn = new ArrayList<>(labels.size());
      for (int i = 0; i < labels.size(); i++) {
        drawn.add(labels.get(random.nextInt(labels.size())));
      }
      drawn.sort(Comparator.comparingDouble(Labelled::score));
      errors[round] = error(drawn);
    }
    java.util.Arrays.sort(errors);
    int cut = (int) (RESAMPLED * (1 - RANGE) / 2);
    return new double[] {errors[cut], errors[RESAMPLED - 1 - cut]};
  }

  /** The mean square of what the probabilities are wrong by. */
  public double brier() {
    return labels.stream()
        .mapToDouble(one -> square(one.score() - (one.bad() ? 1 : 0)))
        .average()
        .orElse(0);
  }

  /** How much better that is than to say the share of bad calls each time; 1 is perfect. */
  public double brierSkill() {
    double share = (double) bad() / Math.max(1, labels.size());
    double ignorant = share * (1 - share);
    return ignorant == 0 ? 0 : 1 - brier() / ignorant;
  }

  private static double square(double value) {
    return value * value;
  }

  public long bad() {
    return labels.stream().filter(Labelled::bad).count();
  }

  public int count() {
    return labels.size();
  }

  /** The share of bad calls among those at or above a threshold; 1 where there are none. */
  public double precision(double threshold) {
    long above = labels.stream().filter(one -> one.score() >= threshold).count();
    long found = labels.stream().filter(one -> one.bad() && one.score() >= threshold).count();
    return above == 0 ? 1 : (double) found / above;
  }

  /** The share of the bad calls that is at or above a threshold. */
  public double recall(double threshold) {
    long found = labels.stream().filter(one -> one.bad() && one.score() >= threshold).count();
    return bad() == 0 ? 0 : (double) found / bad();
  }

  /** The lowest threshold that one in a hundred good calls is at or above of, at most. */
  public double thresholdAtOnePercent() {
    List<Double> good =
        labels.stream().filter(one -> !one.bad()).map(Labelled::score).sorted().toList();
    int allowed = (int) (good.size() * FALSE_ALARMS);
    int last = good.size() - 1 - allowed;
    return last < 0 ? 0 : Math.nextUp(good.get(last));
  }

  /** All figures in one document. */
  public Map<String, @Nullable Object> toJson() {
    double[] range = errorRange();
    double atOnePercent = thresholdAtOnePercent();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("labels", (long) labels.size());
    json.put("bad", bad());
    json.put("brier", brier());
    json.put("brier_skill", brierSkill());
    json.put("calibration_error", error());
    json.put("calibration_error_low", range[0]);
    json.put("calibration_error_high", range[1]);
    json.put("threshold_at_1_percent_false_alarms", atOnePercent);
    json.put("recall_at_1_percent_false_alarms", recall(atOnePercent));
    json.put("bins", bins().stream().map(Bin::toJson).toList());
    return json;
  }
}
