package dev.saferun.evaluator.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How far probabilities hold on labelled calls: bins of about equal numbers with their counts, the
 * error over them with its range, Brier's score and its skill, and what thresholds find and
 * disturb. Calls of one probability are never in two bins, so the order of the labels says nothing.
 */
public final class Reliability {

  private static final int BINS = 10;
  private static final int RESAMPLED = 200;
  private static final double RANGE = 0.95;
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
   */
  public record Bin(double said, Share was) {

    public long count() {
      return was.all();
    }

    double error() {
      return Math.abs(said - was.value());
    }

    Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("count", count());
      json.put("said", said);
      json.put("was", was.value());
      json.put("low", was.low());
      json.put("high", was.high());
      return json;
    }
  }

  public List<Bin> bins() {
    return bins(labels);
  }

  private static List<Bin> bins(List<Labelled> sorted) {
    List<Bin> bins = new ArrayList<>();
    int from = 0;
    for (int bin = 1; bin <= BINS; bin++) {
      int to = endOfTie(sorted, (int) ((long) sorted.size() * bin / BINS));
      if (to > from) {
        bins.add(bin(sorted.subList(from, to)));
        from = to;
      }
    }
    return bins;
  }

  private static int endOfTie(List<Labelled> sorted, int end) {
    int to = end;
    while (to > 0 && to < sorted.size() && sorted.get(to).score() == sorted.get(to - 1).score()) {
      to++;
    }
    return to;
  }

  private static Bin bin(List<Labelled> labels) {
    double said = labels.stream().mapToDouble(Labelled::score).average().orElse(0);
    long bad = labels.stream().filter(Labelled::bad).count();
    return new Bin(said, new Share(bad, labels.size()));
  }

  /** The expected calibration error over the bins. */
  public double error() {
    return error(labels);
  }

  private static double error(List<Labelled> sorted) {
    double sum = 0;
    for (Bin bin : bins(sorted)) {
      sum += bin.count() * bin.error();
    }
    return sorted.isEmpty() ? 0 : sum / sorted.size();
  }

  /** The error's 95 % range, by resampling the labels with a fixed seed. */
  public double[] errorRange() {
    Random random = new Random(11);
    double[] errors = new double[RESAMPLED];
    for (int round = 0; round < RESAMPLED; round++) {
      errors[round] = error(drawn(random));
    }
    Arrays.sort(errors);
    int cut = (int) (RESAMPLED * (1 - RANGE) / 2);
    return new double[] {errors[cut], errors[RESAMPLED - 1 - cut]};
  }

  /** As many labels, drawn with replacement, in the order of their scores. */
  private List<Labelled> drawn(Random random) {
    int[] times = new int[labels.size()];
    for (int i = 0; i < times.length; i++) {
      times[random.nextInt(times.length)]++;
    }
    List<Labelled> drawn = new ArrayList<>(times.length);
    for (int i = 0; i < times.length; i++) {
      drawn.addAll(Collections.nCopies(times[i], labels.get(i)));
    }
    return drawn;
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

  /** What a threshold finds and disturbs. */
  public AtThreshold at(double threshold) {
    long above = labels.stream().filter(one -> one.score() >= threshold).count();
    long found = labels.stream().filter(one -> one.bad() && one.score() >= threshold).count();
    return new AtThreshold(threshold, new Share(found, above), new Share(found, bad()));
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
    at(atOnePercent).recall().into(json, "recall_at_1_percent_false_alarms");
    json.put("bins", bins().stream().map(Bin::toJson).toList());
    return json;
  }
}
