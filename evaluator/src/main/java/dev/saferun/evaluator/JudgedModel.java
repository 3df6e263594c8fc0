package dev.saferun.evaluator;

import dev.saferun.evaluator.calibration.Labelled;
import dev.saferun.evaluator.calibration.Promise;
import dev.saferun.evaluator.calibration.Reliability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What labelled calls and recent traffic say of one model: how far its scores hold, over all and by
 * tool, what thresholds find and cost, and what can be promised of them.
 */
final class JudgedModel {

  private static final double[] MISSED_MAX = {0.2, 0.1, 0.05};
  private static final double[] THRESHOLDS = {0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95};
  private static final double RISK = 0.05;

  /** Fewer labels of one tool say too little to be a line of their own. */
  private static final int LABELS_OF_A_TOOL_MIN = 50;

  private final List<LabelledCall> calls;
  private final List<Labelled> scored;
  private final ExpectedCalls expected;

  JudgedModel(List<LabelledCall> calls, RecentTraffic traffic, IntentModel model) {
    this.calls = calls;
    this.scored = scored(calls, model);
    this.expected = new ExpectedCalls(traffic, model);
  }

  static List<Labelled> scored(List<LabelledCall> calls, IntentModel model) {
    return calls.stream()
        .map(call -> new Labelled(model.score(call.features()), call.bad()))
        .toList();
  }

  /** The scores of the calls, in their order. */
  List<Labelled> scored() {
    return scored;
  }

  ExpectedCalls expected() {
    return expected;
  }

  Map<String, @Nullable Object> toJson() {
    Reliability reliability = new Reliability(scored);
    Map<String, @Nullable Object> json = new LinkedHashMap<>(reliability.toJson());
    json.put("by_tool", byTool());
    json.put("at_thresholds", thresholds(reliability));
    json.put("promises", promises());
    json.put("expected_a_day", expected.verdicts());
    return json;
  }

  private List<Object> thresholds(Reliability reliability) {
    List<Object> rows = new ArrayList<>();
    for (double threshold : THRESHOLDS) {
      Map<String, @Nullable Object> row = reliability.at(threshold).toJson();
      row.put("reached_a_day", expected.reached(threshold));
      rows.add(row);
    }
    return rows;
  }

  /** What thresholds can be promised, for a few shares of missed calls. */
  private List<Object> promises() {
    List<Object> promises = new ArrayList<>();
    for (double missedMax : MISSED_MAX) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("missed_max", missedMax);
      json.put("confidence", 1 - RISK);
      switch (new Promise(missedMax, RISK).threshold(scored)) {
        case Promise.Found.Threshold found -> {
          json.put("threshold", found.score());
          json.put("labels", (long) found.labels());
          json.put("reached_a_day", expected.reached(found.score()));
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

  private List<Object> byTool() {
    Map<String, List<Labelled>> tools = new TreeMap<>();
    for (int i = 0; i < calls.size(); i++) {
      tools.computeIfAbsent(calls.get(i).tool(), tool -> new ArrayList<>()).add(scored.get(i));
    }
    List<Object> rows = new ArrayList<>();
    tools.forEach(
        (tool, labels) -> {
          if (labels.size() >= LABELS_OF_A_TOOL_MIN) {
            rows.add(row(tool, new Reliability(labels)));
          }
        });
    return rows;
  }

  private static Map<String, @Nullable Object> row(String tool, Reliability reliability) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("tool", tool);
    row.put("labels", (long) reliability.count());
    row.put("bad", reliability.bad());
    row.put("brier", reliability.brier());
    row.put("calibration_error", reliability.error());
    return row;
  }
}
