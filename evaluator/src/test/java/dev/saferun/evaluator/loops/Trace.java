package dev.saferun.evaluator.loops;

import dev.saferun.evaluator.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as it would go if nobody stopped it.
 *
 * @param family the kind of run, for the table
 * @param wastedFrom the place of the first call that serves nothing; below zero where all serve
 * @param exempt tools that a customer would declare as polling
 * @param growing arguments that a customer would declare to grow, by tool
 */
record Trace(
    String family,
    List<Step> steps,
    int wastedFrom,
    List<String> exempt,
    Map<String, String> growing) {

  /**
   * One call and what comes of it.
   *
   * @param turn calls of one turn are all asked before any of them has ended
   * @param reported whether the client tells what came of it
   */
  record Step(
      int turn, Check check, @Nullable Object result, @Nullable Object error, boolean reported) {}

  boolean isLoop() {
    return wastedFrom >= 0;
  }

  /** Puts a trace together call by call. */
  static final class CallList {

    private final List<Step> steps = new ArrayList<>();
    private final List<String> exempt = new ArrayList<>();
    private final Map<String, String> growing = new LinkedHashMap<>();
    private int wastedFrom = -1;
    private boolean reports = true;

    CallList call(String tool, Map<String, ?> arguments, @Nullable Object result) {
      return add(tool, arguments, result, null);
    }

    CallList failing(String tool, Map<String, ?> arguments, Object error) {
      return add(tool, arguments, null, error);
    }

    private CallList add(
        String tool, Map<String, ?> arguments, @Nullable Object result, @Nullable Object error) {
      Check check =
          new Check(
              "run",
              null,
              Map.of(),
              Map.of("tool", tool, "arguments", new LinkedHashMap<>(arguments)),
              Map.of(),
              null);
      steps.add(new Step(steps.size(), check, result, error, reports));
      return this;
    }

    /** From here on nothing is served any more. */
    CallList wasted() {
      wastedFrom = steps.size();
      return this;
    }

    CallList withoutOutcomes() {
      reports = false;
      return this;
    }

    CallList polls(String tool) {
      exempt.add(tool);
      return this;
    }

    CallList grows(String tool, String argument) {
      growing.put(tool, argument);
      return this;
    }

    int size() {
      return steps.size();
    }

    Trace build(String family) {
      return new Trace(family, List.copyOf(steps), wastedFrom, exempt, growing);
    }
  }
}
