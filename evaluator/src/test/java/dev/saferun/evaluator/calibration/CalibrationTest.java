package dev.saferun.evaluator.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The expected numbers are scikit-learn's and SciPy's on the same 400 examples. */
class CalibrationTest {

  private static final int EXAMPLES = 400;

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
    List<Labelled> after =
        examples().stream()
            .map(one -> new Labelled(curve.probability(one.score()), one.bad()))
            .toList();
    Reliability raw = new Reliability(examples());
    Reliability calibrated = new Reliability(after);

    assertThat(raw.brier()).isCloseTo(0.16553925, within(1e-12));
    assertThat(calibrated.error()).isLessThan(raw.error());
    assertThat(calibrated.errorRange()[0]).isLessThanOrEqualTo(calibrated.errorRange()[1]);
    assertThat(calibrated.brierSkill()).isGreaterThan(raw.brierSkill());
    assertThat(raw.bins()).hasSize(10).allSatisfy(bin -> assertThat(bin.count()).isEqualTo(40));
    assertThat(raw.bins())
        .allSatisfy(bin -> assertThat(bin.was()).isBetween(bin.low() - 1e-9, bin.high() + 1e-9));
  }

  @Test
  void theThresholdAtOnePercentDisturbsOneInAHundred() {
    Reliability reliability = new Reliability(examples());
    double threshold = reliability.thresholdAtOnePercent();
    long disturbed =
        examples().stream().filter(one -> !one.bad() && one.score() >= threshold).count();

    assertThat(disturbed).isEqualTo(examples().stream().filter(one -> !one.bad()).count() / 100);
    assertThat(reliability.recall(0)).isEqualTo(1);
    assertThat(reliability.precision(2)).isEqualTo(1);
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
    Random random = new Random(23);
    int kept = 0;
    int made = 0;
    for (int stream = 0; stream < 1_000; stream++) {
      List<Labelled> labels = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        labels.add(new Labelled(drawn(random), true));
      }
      if (new Promise(0.1, 0.05).threshold(labels) instanceof Promise.Found.Threshold found) {
        made++;
        kept += shareBelow(found.score()) <= 0.1 ? 1 : 0;
      }
    }

    assertThat(made).isEqualTo(1_000);
    assertThat(kept).isBetween(950, 999);
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
