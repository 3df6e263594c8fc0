package dev.saferun.evaluator.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The expected numbers are scikit-learn's and SciPy's on the same 400 examples. */
class CalibrationTest {

  private static final int EXAMPLES = 400;
  private static final double MISSED_MAX = 0.1;
  private static final double RISK = 0.05;
  private static final int STREAM = 300;
  private static final int STREAMS = 1_000;

  @Test
  void plattsCurveIsScikitLearns() {
    Calibrator.Platt curve = Fitting.platt(examples());

    assertThat(curve.slope()).isCloseTo(1.0651195608, within(1e-4));
    assertThat(curve.shift()).isCloseTo(-0.5715893816, within(1e-4));
  }

  @Test
  void theTemperatureIsTheOneOfTheLeastLoss() {
    Calibrator.Platt temperature = Fitting.temperature(examples());

    assertThat(temperature.slope()).isCloseTo(0.9976948167, within(1e-5));
    assertThat(temperature.shift()).isZero();
    assertThat(temperature.probability(0.5)).isEqualTo(0.5);
  }

  @Test
  void theRisingStepsAreScikitLearns() {
    Calibrator.Isotonic steps = Fitting.isotonic(examples());

    double[] expected = {0.0, 0.1463414634, 0.3, 0.6923076923, 1.0};
    double[] at = {0.05, 0.25, 0.5, 0.75, 0.95};
    for (int i = 0; i < at.length; i++) {
      assertThat(steps.probability(at[i])).as("at %s", at[i]).isCloseTo(expected[i], within(1e-9));
    }
  }

  @Test
  void aCalibratorNeverTurnsAnOrder() {
    for (Calibrator calibrator :
        List.of(
            Fitting.platt(examples()),
            Fitting.temperature(examples()),
            Fitting.isotonic(examples()),
            new Calibrator.Identity())) {
      double before = -1;
      for (double score = 0; score <= 1; score += 0.001) {
        double now = calibrator.probability(score);
        assertThat(now).isBetween(0.0, 1.0).isGreaterThanOrEqualTo(before);
        before = now;
      }
    }
  }

  @Test
  void stepsAreForManyLabelsOnly() {
    List<Labelled> many = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      many.addAll(examples());
    }

    assertThat(Fitting.fit(examples())).isInstanceOf(Calibrator.Platt.class);
    assertThat(Fitting.fit(many)).isInstanceOf(Calibrator.Isotonic.class);
  }

  @Test
  void calibratingMakesTheErrorSmall() {
    Calibrator curve = Fitting.platt(examples());
    List<Labelled> after = under(curve, examples());
    Reliability raw = new Reliability(examples());
    Reliability calibrated = new Reliability(after);

    assertThat(raw.brier()).isCloseTo(0.16553925, within(1e-12));
    assertThat(calibrated.error()).isLessThan(raw.error());
    assertThat(calibrated.errorRange()[0]).isLessThanOrEqualTo(calibrated.errorRange()[1]);
    assertThat(calibrated.brierSkill()).isGreaterThan(raw.brierSkill());
    assertThat(raw.bins()).hasSize(10).allSatisfy(bin -> assertThat(bin.count()).isEqualTo(40));
    assertThat(raw.bins())
        .allSatisfy(
            bin ->
                assertThat(bin.was().value())
                    .isBetween(bin.was().low() - 1e-9, bin.was().high() + 1e-9));
  }

  @Test
  void theThresholdAtOnePercentDisturbsOneInAHundred() {
    Reliability reliability = new Reliability(examples());
    double threshold = reliability.thresholdAtOnePercent();
    long disturbed =
        examples().stream().filter(one -> !one.bad() && one.score() >= threshold).count();

    assertThat(disturbed).isEqualTo(examples().stream().filter(one -> !one.bad()).count() / 100);
    assertThat(reliability.at(0).recall().value()).isEqualTo(1);
    assertThat(reliability.at(2).toJson()).doesNotContainKey("precision").containsKey("recall");
  }

  @Test
  void equalScoresOfGoodCallsAreDisturbedTogetherOrNotAtAll() {
    List<Labelled> labels = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      labels.add(new Labelled(0.4, false));
      labels.add(new Labelled(i < 50 ? 0.4 : 0.6, true));
    }
    Reliability reliability = new Reliability(labels);
    AtThreshold at = reliability.at(reliability.thresholdAtOnePercent());

    assertThat(at.precision()).isEqualTo(new Share(50, 50));
    assertThat(at.recall()).isEqualTo(new Share(50, 100));
  }

  @Test
  void callsOfOneScoreAreInOneBinSoTheOrderOfTheLabelsSaysNothing() {
    Calibrator steps = Fitting.isotonic(examples());
    List<Labelled> labels = new ArrayList<>(under(steps, examples()));
    Reliability reliability = new Reliability(labels);
    Collections.shuffle(labels, new Random(7));

    assertThat(new Reliability(labels).error()).isEqualTo(reliability.error());
    assertThat(reliability.error()).as("steps hold on what they were fitted to").isLessThan(1e-9);
    assertThat(reliability.bins().stream().mapToLong(Reliability.Bin::count).sum())
        .isEqualTo(EXAMPLES);
  }

  @Test
  void theIntervalOfAShareIsWilsons() {
    assertThat(new Share(8, 10).low()).isCloseTo(0.4901625, within(1e-6));
    assertThat(new Share(8, 10).high()).isCloseTo(0.9433178, within(1e-6));
    assertThat(new Share(0, 10).low()).isCloseTo(0, within(1e-12));
    assertThat(new Share(0, 10).high()).isCloseTo(0.2775328, within(1e-6));
    assertThat(new Share(0, 0).high()).isEqualTo(1);
  }

  @Test
  void thePromisesChanceIsTheBinomials() {
    Promise promise = new Promise(0.05, 0.05);

    assertThat(promise.chance(2, 100)).isCloseTo(0.118262981, within(1e-8));
    assertThat(promise.chance(0, 58)).isGreaterThan(0.05);
    assertThat(promise.chance(0, 59)).isLessThan(0.05);
  }

  @Test
  void tooFewLabelsPromiseNothingAndSayHowManyWould() {
    List<Labelled> few = new ArrayList<>();
    for (int i = 0; i < 58; i++) {
      few.add(new Labelled(0.9, true));
    }

    assertThat(new Promise(0.05, 0.05).threshold(few))
        .isEqualTo(new Promise.Found.Infeasible(58, 59));
    few.add(new Labelled(0.8, true));
    assertThat(new Promise(0.05, 0.05).threshold(few))
        .isEqualTo(new Promise.Found.Threshold(0.8, 59));
  }

  /**
   * Draws a thousand streams of labels, promises a threshold on each, and asks the distribution
   * itself, which is known here, whether the promise holds.
   */
  @Test
  void thePromiseHoldsInNineteenOfTwentyStreams() {
    Promise promise = new Promise(MISSED_MAX, RISK);
    int kept =
        streamsKept(
            "promised",
            CalibrationTest::drawn,
            CalibrationTest::shareBelow,
            CalibrationTest::promised);
    int naive =
        streamsKept(
            "naive quantile",
            CalibrationTest::drawn,
            CalibrationTest::shareBelow,
            CalibrationTest::naive);

    assertThat(promise.chance(21, STREAM)).isLessThan(RISK);
    assertThat(kept).isBetween(950, 999);
    assertThat(naive).as("the negative control breaks what it says").isLessThan(900);
  }

  /** As isotonic scores are: many calls have the same one, and a threshold takes all of them. */
  @Test
  void thePromiseHoldsWhereManyScoresAreEqual() {
    Calibrator steps = Fitting.isotonic(examples());
    double[] population =
        under(steps, examples()).stream()
            .filter(Labelled::bad)
            .mapToDouble(Labelled::score)
            .toArray();
    ToDoubleFunction<Random> draw = random -> population[random.nextInt(population.length)];
    DoubleUnaryOperator below =
        score ->
            (double) DoubleStream.of(population).filter(one -> one < score).count()
                / population.length;

    assertThat(DoubleStream.of(population).distinct().count()).isLessThan(20);
    assertThat(streamsKept("promised, steps", draw, below, CalibrationTest::promised))
        .isGreaterThanOrEqualTo(950);
    assertThat(
            streamsKept("upper end of the tie, steps", draw, below, CalibrationTest::beyondTheTie))
        .as("who counts a tie as found when it is missed breaks what it says")
        .isLessThan(900);
  }

  private static double promised(double[] bad) {
    List<Labelled> labels = DoubleStream.of(bad).mapToObj(one -> new Labelled(one, true)).toList();
    return new Promise(MISSED_MAX, RISK).threshold(labels) instanceof Promise.Found.Threshold found
        ? found.score()
        : 0;
  }

  /** What held on the labels themselves, with no room for chance. */
  private static double naive(double[] bad) {
    return DoubleStream.of(bad).sorted().toArray()[(int) (MISSED_MAX * bad.length)];
  }

  /** The promised threshold, and then the next score that there is. */
  private static double beyondTheTie(double[] bad) {
    double promised = promised(bad);
    return DoubleStream.of(bad).filter(one -> one > promised).min().orElse(promised);
  }

  /** In how many streams the threshold misses no more of the bad calls than was said. */
  private static int streamsKept(
      String name,
      ToDoubleFunction<Random> draw,
      DoubleUnaryOperator shareBelow,
      ToDoubleFunction<double[]> threshold) {
    Random random = new Random(23);
    int kept = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      double[] bad = new double[STREAM];
      Arrays.setAll(bad, i -> draw.applyAsDouble(random));
      kept += shareBelow.applyAsDouble(threshold.applyAsDouble(bad)) <= MISSED_MAX ? 1 : 0;
    }
    System.out.printf("%s: kept in %d of %d streams%n", name, kept, STREAMS);
    return kept;
  }

  private static List<Labelled> under(Calibrator calibrator, List<Labelled> labels) {
    return labels.stream()
        .map(one -> new Labelled(calibrator.probability(one.score()), one.bad()))
        .toList();
  }

  /** The square of a uniform draw: at most {@code t} with the chance {@code sqrt(t)}. */
  private static double drawn(Random random) {
    double uniform = random.nextDouble();
    return uniform * uniform;
  }

  private static double shareBelow(double score) {
    return Math.sqrt(score);
  }

  private static List<Labelled> examples() {
    List<Labelled> examples = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      double score = (i * 7_919L % 1_000 + 0.5) / 1_000;
      boolean bad = (i * 104_729L + 17) % 1_000 / 1_000.0 < Math.pow(score, 1.5);
      examples.add(new Labelled(score, bad));
    }
    return examples;
  }
}
