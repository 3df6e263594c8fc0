package dev.saferun.evaluator.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedRegressionTest {

  private static final int EXAMPLES = 20_000;

  /** Examples that were drawn from known weights give these weights back. */
  @Test
  void findsTheWeightsThatTheExamplesWereDrawnFrom() {
    SignedRegression fitted =
        new SignedRegression(columns(), drawn(2, -1, 0.5), ones(), new int[2], 1e-6).fit();

    assertThat(fitted.weights()[0]).isCloseTo(2, within(0.2));
    assertThat(fitted.weights()[1]).isCloseTo(-1, within(0.2));
    assertThat(fitted.intercept()).isCloseTo(0.5, within(0.2));
  }

  @Test
  void aWeightNeverHasTheOtherSign() {
    SignedRegression fitted =
        new SignedRegression(columns(), drawn(2, -1, 0.5), ones(), new int[] {-1, -1}, 1e-6).fit();

    assertThat(fitted.weights()[0]).isZero();
    assertThat(fitted.weights()[1]).isNegative();
  }

  @Test
  void aLargerPenaltyMakesSmallerWeights() {
    double mild =
        new SignedRegression(columns(), drawn(2, -1, 0.5), ones(), new int[2], 1)
            .fit()
            .weights()[0];
    double hard =
        new SignedRegression(columns(), drawn(2, -1, 0.5), ones(), new int[2], 1_000)
            .fit()
            .weights()[0];

    assertThat(hard).isPositive().isLessThan(mild);
  }

  private static double[][] columns() {
    Random random = new Random(3);
    double[][] columns = new double[2][EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      columns[0][i] = random.nextDouble();
      columns[1][i] = random.nextInt(2);
    }
    return columns;
  }

  private static boolean[] drawn(double first, double second, double intercept) {
    double[][] columns = columns();
    Random random = new Random(5);
    boolean[] bad = new boolean[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      double sum = intercept + first * columns[0][i] + second * columns[1][i];
      bad[i] = random.nextDouble() < 1 / (1 + Math.exp(-sum));
    }
    return bad;
  }

  private static double[] ones() {
    double[] ones = new double[EXAMPLES];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }
}
