package dev.saferun.evaluator;

import dev.saferun.evaluator.calibration.Calibrator;
import dev.saferun.evaluator.calibration.Fitting;
import dev.saferun.evaluator.calibration.Labelled;
import dev.saferun.evaluator.calibration.Promise;
import dev.saferun.evaluator.calibration.Reliability;
import dev.saferun.platform.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a project's labels say of a model, and the model that they make of it. Pure: nothing is kept
 * and nothing put in force here.
 */
public final class IntentCalibration {

  private static final double[] MISSED_MAX = {0.2, 0.1, 0.05};
  private static final double[] THRESHOLDS = {0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95};
  private static final double RISK = 0.05;
  private static final int POINTS_MAX = 5_000;

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
   *
   * @param unmeasured labelled calls of which nothing is known but the label
   */
  public static Outcome calibrate(
      List<LabelledCall> calls,
      int unmeasured,
      IntentModel current,
      CalibrationMethod method,
      double callsADay) {
    Halves halves = new Halves(calls, unmeasured, current, method, callsADay);
    return new Outcome(
        number ->
            current
                .uncalibrated()
                .calibrated(IntentModel.STANDARD.name() + "-c" + number, halves.calibrator),
        halves.comparison());
  }

  /** Every labelled call with its score, so that a threshold can be moved without asking again. */
  public static Map<String, @Nullable Object> points(
      List<LabelledCall> calls, int unmeasured, IntentModel current, double callsADay) {
    List<Labelled> scored = scored(calls, current);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("model", current.name());
    json.put("calls_a_day", callsADay);
    json.put("unmeasured", (long) unmeasured);
    json.put("reliability", new Reliability(scored).toJson());
    List<Object> points = new ArrayList<>();
    for (int i = 0; i < Math.min(POINTS_MAX, scored.size()); i++) {
      Map<String, @Nullable Object> point = new LinkedHashMap<>();
      point.put("score", scored.get(i).score());
      point.put("bad", scored.get(i).bad());
      point.put("tool", calls.get(i).tool());
      points.add(point);
    }
    json.put("points", points);
    json.put("promises", promises(scored));
    return json;
  }

  private static List<Labelled> scored(List<LabelledCall> calls, IntentModel model) {
    return calls.stream()
        .map(call -> new Labelled(model.score(call.features()), call.bad()))
        .toList();
  }

  /** What thresholds can be promised, for a few shares of missed calls. */
  private static List<Object> promises(List<Labelled> scored) {
    List<Object> promises = new ArrayList<>();
    for (double missedMax : MISSED_MAX) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("missed_max", missedMax);
      json.put("confidence", 1 - RISK);
      switch (new Promise(missedMax, RISK).threshold(scored)) {
        case Promise.Found.Threshold found -> {
          json.put("threshold", found.score());
          json.put("labels", (long) found.labels());
        }
        case Promise.Found.Infeasible none -> {
          json.put("infeasible", true);
          json.put("labels", (long) none.labels());
          json.put("labels_needed", (long) none.needed());
        }
      }
      promises.add(json);
    }
    return promises;
  }

  /**
   * The labels in two halves, by run: one to fit, one to judge. Calls of one run have much in
   * common, so a run is never in both.
   */
  private static final class Halves {

    private final Calibrator calibrator;
    private final List<Labelled> heldBefore;
    private final List<Labelled> heldAfter;
    private final int fitted;
    private final int unmeasured;
    private final CalibrationMethod method;
    private final double callsADay;
    private final String current;

    Halves(
        List<LabelledCall> calls,
        int unmeasured,
        IntentModel current,
        CalibrationMethod method,
        double callsADay) {
      List<LabelledCall> fit = new ArrayList<>();
      List<LabelledCall> held = new ArrayList<>();
      for (LabelledCall call : calls) {
        (isHeld(call.runId()) ? held : fit).add(call);
      }
      List<Labelled> raw = scored(fit, current.uncalibrated());
      requireBothKinds(raw, "to fit");
      requireBothKinds(scored(held, current), "held back to judge");
      this.calibrator = method.fit(raw);
      this.heldBefore = scored(held, current);
      this.heldAfter = scored(held, current.uncalibrated().calibrated("candidate", calibrator));
      this.fitted = raw.size();
      this.unmeasured = unmeasured;
      this.method = method;
      this.callsADay = callsADay;
      this.current = current.name();
    }

    private static boolean isHeld(String runId) {
      return ((runId.hashCode() * 0x9e3779b9) >>> 31) == 1;
    }

    private static void requireBothKinds(List<Labelled> labels, String use) {
      long bad = labels.stream().filter(Labelled::bad).count();
      long good = labels.size() - bad;
      if (Math.min(bad, good) < Fitting.LABELS_OF_A_KIND_MIN) {
        throw new ProblemException(
            EvaluatorProblem.TOO_FEW_LABELS,
            "of the labels %s, %d are of bad calls and %d of good ones; each kind needs %d. Label more decisions (correct, false_positive, missed)"
                .formatted(use, bad, good, Fitting.LABELS_OF_A_KIND_MIN));
      }
    }

    Map<String, @Nullable Object> comparison() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("method", method.wire());
      json.put("fitted_on", (long) fitted);
      json.put("held_back", (long) heldBefore.size());
      json.put("unmeasured", (long) unmeasured);
      json.put("compared_with", current);
      json.put("before", new Reliability(heldBefore).toJson());
      json.put("after", new Reliability(heldAfter).toJson());
      json.put("at_thresholds", thresholds());
      json.put("promises", promises(heldAfter));
      json.put("calls_a_day", callsADay);
      return json;
    }

    private List<Object> thresholds() {
      Reliability after = new Reliability(heldAfter);
      List<Object> rows = new ArrayList<>();
      for (double threshold : THRESHOLDS) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("threshold", threshold);
        row.put("precision", after.precision(threshold));
        row.put("recall", after.recall(threshold));
        rows.add(row);
      }
      return rows;
    }
  }
}
