package dev.saferun.evaluator.history;

/**
 * How large the newest numbers of one argument were, in steps of a quarter of an octave (19 %):
 * amounts differ by factors. Numbers that are not above zero have no size here.
 */
final class Amounts {

  private static final int STEPS_PER_OCTAVE = 4;
  private static final int OCTAVE_MIN = -32;
  private static final int OCTAVE_MAX = 64;
  private static final int STEPS = (OCTAVE_MAX - OCTAVE_MIN) * STEPS_PER_OCTAVE + 1;
  private static final double UPPER = 0.95;
  private static final double MEDIAN = 0.5;

  /** Two spreads beyond the upper numbers are nothing yet, five are all that can be told. */
  private static final double DISTANCE_MIN = 2;

  private static final double DISTANCE_RANGE = 3;

  private final Recent steps = new Recent();

  void add(double amount) {
    steps.add(step(amount));
  }

  void addEarlier(double amount) {
    steps.addEarlier(step(amount));
  }

  int known() {
    return steps.known();
  }

  /**
   * How far above the usual it is, 0 to 1: by how many spreads it is beyond nineteen of twenty
   * numbers, where a spread is from the median to those, and an octave at least.
   */
  double above(double amount) {
    int[] counts = new int[STEPS + 1];
    steps.tally(value -> (int) value, counts);
    int median = quantile(counts, MEDIAN);
    int upper = quantile(counts, UPPER);
    double spread = Math.max(STEPS_PER_OCTAVE, upper - median);
    double distance = (step(amount) - upper) / spread;
    return Math.clamp((distance - DISTANCE_MIN) / DISTANCE_RANGE, 0, 1);
  }

  private int quantile(int[] counts, double share) {
    int wanted = (int) Math.ceil(share * steps.known());
    int step = 0;
    for (int seen = counts[0]; seen < wanted; seen += counts[step]) {
      step++;
    }
    return step;
  }

  /** From 1 on, for nothing is hidden here. */
  private static int step(double amount) {
    double octaves = Math.log(amount) / Math.log(2);
    double bounded = Math.clamp(octaves, OCTAVE_MIN, OCTAVE_MAX);
    return 1 + (int) Math.round((bounded - OCTAVE_MIN) * STEPS_PER_OCTAVE);
  }
}
