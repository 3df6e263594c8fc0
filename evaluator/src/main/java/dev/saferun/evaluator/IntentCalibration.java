package dev.saferun.evaluator;

import dev.saferun.evaluator.calibration.Calibrator;
import dev.saferun.evaluator.calibration.Fitting;
import dev.saferun.evaluator.calibration.Labelled;
import dev.saferun.platform.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a project's labels say of a model, and the model that they make of it. Pure: nothing is kept
 * and nothing put in force here. With 50,000 labels it works for seconds: never on a thread that
 * serves requests.
 */
public final class IntentCalibration {

  /** Labelled calls that are given out one by one, the newest; the figures are over all. */
  public static final int POINTS_MAX = 5_000;

  private IntentCalibration() {}

  /**
   * A new version, and how it compares with the current one on labels that it did not see.
   *
   * @param model from its number
   */
  public record Outcome(IntFunction<IntentModel> model, Map<String, @Nullable Object> comparison) {}

  /**
   * Calibrates the current model anew. Fails with {@link EvaluatorProblem#TOO_FEW_LABELS} where
   * there are too few of one kind.
   */
  public static Outcome calibrate(
      CalibrationData data, IntentModel current, CalibrationMethod method) {
    Halves halves = Halves.of(data.calls());
    Calibrator calibrator = method.fit(JudgedModel.scored(halves.fitting, current.uncalibrated()));
    IntentModel candidate = current.uncalibrated().calibrated("candidate", calibrator);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("method", method.wire());
    json.put("fitted_on", (long) halves.fitting.size());
    json.put("held_back", (long) halves.held.size());
    json.put("unmeasured", (long) data.unmeasured());
    json.put("compared_with", current.name());
    json.put("traffic", traffic(data.traffic()));
    json.put("before", new JudgedModel(halves.held, data.traffic(), current).toJson());
    json.put("after", new JudgedModel(halves.held, data.traffic(), candidate).toJson());
    return new Outcome(
        number ->
            candidate
                .uncalibrated()
                .calibrated(IntentModel.STANDARD.name() + "-c" + number, calibrator),
        json);
  }

  /** Every labelled call with its score, so that a threshold can be moved without asking again. */
  public static Map<String, @Nullable Object> points(CalibrationData data, IntentModel current) {
    JudgedModel judged = new JudgedModel(data.calls(), data.traffic(), current);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("model", current.name());
    json.put("unmeasured", (long) data.unmeasured());
    Map<String, @Nullable Object> traffic = traffic(data.traffic());
    traffic.put("scores_a_day", judged.expected().bins());
    json.put("traffic", traffic);
    json.put("reliability", judged.toJson());
    json.put("points", points(data.calls(), judged.scored()));
    return json;
  }

  private static List<Object> points(List<LabelledCall> calls, List<Labelled> scored) {
    List<Object> points = new ArrayList<>();
    for (int i = 0; i < Math.min(POINTS_MAX, scored.size()); i++) {
      Map<String, @Nullable Object> point = new LinkedHashMap<>();
      point.put("score", scored.get(i).score());
      point.put("bad", scored.get(i).bad());
      point.put("tool", calls.get(i).tool());
      points.add(point);
    }
    return points;
  }

  private static Map<String, @Nullable Object> traffic(RecentTraffic traffic) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("days", (long) traffic.days());
    json.put("calls_a_day", traffic.callsADay());
    json.put("sampled", (long) traffic.sampled());
    json.put("measured", (long) traffic.calls().size());
    return json;
  }

  /**
   * The labels in two halves, by run: one to fit, one to judge. Calls of one run have much in
   * common, so a run is never in both.
   */
  private record Halves(List<LabelledCall> fitting, List<LabelledCall> held) {

    static Halves of(List<LabelledCall> calls) {
      Halves halves = new Halves(new ArrayList<>(), new ArrayList<>());
      for (LabelledCall call : calls) {
        (isHeld(call.runId()) ? halves.held : halves.fitting).add(call);
      }
      requireBothKinds(halves.fitting, "to fit");
      requireBothKinds(halves.held, "held back to judge");
      return halves;
    }

    private static boolean isHeld(String runId) {
      return ((runId.hashCode() * 0x9e3779b9) >>> 31) == 1;
    }

    private static void requireBothKinds(List<LabelledCall> calls, String use) {
      long bad = calls.stream().filter(LabelledCall::bad).count();
      long good = calls.size() - bad;
      if (Math.min(bad, good) < Fitting.LABELS_OF_A_KIND_MIN) {
        throw new ProblemException(
            EvaluatorProblem.TOO_FEW_LABELS,
            "of the labels %s, %d are of bad calls and %d of good ones; each kind needs %d. Label more decisions (correct, false_positive, missed)"
                .formatted(use, bad, good, Fitting.LABELS_OF_A_KIND_MIN));
      }
    }
  }
}
