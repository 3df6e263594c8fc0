package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.saferun.platform.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a calibration tells of labels that are all known here. */
class IntentCalibrationTest {

  private static final int LABELS = 400;
  private static final int RECENT = 1_000;
  private static final double STANDS_FOR = 2.5;
  private static final IntentModel MODEL =
      new IntentModel("intent-test", -3, Map.of(Feature.STEERED_VALUE, 6.0));

  @Test
  void aClientsThresholdReachesWhatTheTableSays() {
    Map<String, ?> json = IntentCalibration.points(data(), MODEL);
    List<?> aDay = list(map(json, "traffic"), "scores_a_day");

    assertThat(aDay).hasSize(ExpectedCalls.BINS);
    for (Object row : list(map(json, "reliability"), "at_thresholds")) {
      double threshold = number(row, "threshold");
      int from = (int) Math.round(threshold * ExpectedCalls.BINS);
      double sum = aDay.subList(from, aDay.size()).stream().mapToDouble(x -> (double) x).sum();
      assertThat(number(row, "reached_a_day")).as("at %s", threshold).isCloseTo(sum, within(1e-6));
    }
    assertThat(aDay.stream().mapToDouble(one -> (double) one).sum())
        .isCloseTo(RECENT * STANDS_FOR, within(1e-6));
  }

  @Test
  void whatWouldBeStoppedIsOfAllCallsUnderTheThresholdsOfTheirTools() {
    List<RecentTraffic.Call> calls = new ArrayList<>();
    calls.add(recent(1, new IntentThresholds(0.1, 0.2, 0.99)));
    calls.add(recent(1, new IntentThresholds(0.1, 0.2, 0.9)));
    calls.add(recent(0.5, IntentThresholds.STANDARD));
    calls.add(recent(0, IntentThresholds.STANDARD));
    CalibrationData data = new CalibrationData(labels(), 3, new RecentTraffic(14, 12, 5, calls));
    Map<String, ?> json = IntentCalibration.points(data, MODEL);

    assertThat(map(map(json, "reliability"), "expected_a_day"))
        .isEqualTo(Map.of("flag", STANDS_FOR, "escalate", STANDS_FOR, "deny", STANDS_FOR));
    assertThat(map(json, "traffic"))
        .containsEntry("calls_a_day", 12.0)
        .containsEntry("sampled", 5L)
        .containsEntry("measured", 4L);
    assertThat(json.get("unmeasured")).isEqualTo(3L);
  }

  @Test
  void bothModelsAreJudgedOnTheSameLabelsWithCountsAndIntervals() {
    IntentCalibration.Outcome outcome =
        IntentCalibration.calibrate(data(), MODEL, CalibrationMethod.PLATT);
    Map<String, ?> comparison = outcome.comparison();
    double held = number(comparison, "held_back");

    assertThat(outcome.model().apply(7).name()).isEqualTo("intent-1-c7");
    assertThat(held + number(comparison, "fitted_on")).isEqualTo(LABELS);
    for (String which : List.of("before", "after")) {
      Map<String, ?> judged = map(comparison, which);
      assertThat(number(judged, "labels")).isEqualTo(held);
      for (Object row : list(judged, "at_thresholds")) {
        if (number(row, "reached") > 0) {
          assertThat(number(row, "precision"))
              .isBetween(number(row, "precision_low"), number(row, "precision_high"));
        }
        assertThat(number(row, "recall"))
            .isBetween(number(row, "recall_low"), number(row, "recall_high"));
      }
    }
    assertThat(number(map(comparison, "after"), "brier"))
        .isLessThan(number(map(comparison, "before"), "brier"));
  }

  @Test
  void aToolHasItsOwnFiguresFromFiftyLabelsOn() {
    List<?> tools = list(map(IntentCalibration.points(data(), MODEL), "reliability"), "by_tool");

    assertThat(tools).hasSize(1);
    assertThat(number(tools.getFirst(), "labels")).isEqualTo(LABELS - 49);
    assertThat(tools.getFirst().toString()).contains("tool=often");
  }

  @Test
  void labelsOfOneKindAreRefusedWithTheirNumbers() {
    List<LabelledCall> good = labels().stream().filter(call -> !call.bad()).toList();
    CalibrationData data = new CalibrationData(good, 0, traffic());

    assertThatThrownBy(() -> IntentCalibration.calibrate(data, MODEL, CalibrationMethod.AUTO))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo(EvaluatorProblem.TOO_FEW_LABELS))
        .hasMessageContaining("0 are of bad calls");
  }

  private static CalibrationData data() {
    return new CalibrationData(labels(), 0, traffic());
  }

  /** Half as often bad as the model says, so that there is something to calibrate. */
  private static List<LabelledCall> labels() {
    List<LabelledCall> calls = new ArrayList<>();
    for (int i = 0; i < LABELS; i++) {
      double steered = i * 7_919 % LABELS / (double) LABELS;
      boolean bad = i * 104_729L % 1_000 / 1_000.0 < steered * steered / 2;
      String tool = i < 49 ? "seldom" : "often";
      calls.add(new LabelledCall("run-" + i, tool, Map.of(Feature.STEERED_VALUE, steered), bad));
    }
    return calls;
  }

  private static RecentTraffic traffic() {
    List<RecentTraffic.Call> calls = new ArrayList<>();
    for (int i = 0; i < RECENT; i++) {
      calls.add(recent(i / (double) RECENT, IntentThresholds.STANDARD));
    }
    return new RecentTraffic(14, RECENT * STANDS_FOR, RECENT, calls);
  }

  private static RecentTraffic.Call recent(double steered, IntentThresholds thresholds) {
    return new RecentTraffic.Call(Map.of(Feature.STEERED_VALUE, steered), thresholds, STANDS_FOR);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, ?> json, String name) {
    return (Map<String, Object>) Objects.requireNonNull(json.get(name));
  }

  private static List<?> list(Map<String, ?> json, String name) {
    return (List<?>) Objects.requireNonNull(json.get(name));
  }

  private static double number(Object row, String name) {
    return ((Number) Objects.requireNonNull(((Map<?, ?>) row).get(name))).doubleValue();
  }
}
