package dev.saferun.evaluator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a run counts as a loop, and what may be used up. A call is compared as a whole, tool and
 * arguments, and with what came of it where that was reported: a batch over many different
 * arguments is not a loop however long it is.
 *
 * @param repeat the same call in a row, this one included. A call whose result differs from the one
 *     before begins anew; results that always differ count a fifth
 * @param noProgress calls in a row that told nothing new, this one included where it goes the same
 *     way: a call again with the result that it had, other words with nothing found, other
 *     arguments with the same large result
 * @param error failures in a row of one tool with the same error, this call included. A failure of
 *     new arguments, of a tool that has worked in this run, counts half: a batch has bad items
 * @param stopRun whether a call that is stopped as a loop stops its run: every later call of it is
 *     denied
 * @param tools what is different for a tool, by its exact name
 */
public record LoopGuardSettings(
    Thresholds repeat,
    Cycle cycle,
    Thresholds noProgress,
    Thresholds error,
    boolean stopRun,
    Map<String, ToolSettings> tools,
    Budgets budgets,
    List<Window> windows) {

  /** Three identical calls are worth a look, four a person's, five are a loop; no budgets. */
  public static final LoopGuardSettings DEFAULT =
      new LoopGuardSettings(
          new Thresholds(3, 4, 5),
          new Cycle(8, new Thresholds(2, 2, 3)),
          new Thresholds(3, 4, 5),
          new Thresholds(3, 5, 6),
          true,
          Map.of(),
          new Budgets(
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              Map.of(),
              List.of()),
          List.of());

  /** Windows of one project. */
  static final int WINDOWS_MAX = 20;

  /** Tools of one project that have settings of their own. */
  static final int TOOLS_MAX = 500;

  /** The longest window. */
  static final Duration WINDOW_MAX = Duration.ofDays(1);

  public LoopGuardSettings {
    tools = Map.copyOf(tools);
    windows = List.copyOf(windows);
  }

  /** What looks for loops. */
  public enum Detector {
    REPEAT,
    CYCLE,
    NO_PROGRESS,
    ERROR;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The three steps, each not before the one above it; equal numbers leave the milder step out.
   *
   * @param flagAt from how many on a call is flagged
   * @param escalateAt from how many on it is held for a person
   * @param denyAt from how many on it is denied
   */
  public record Thresholds(int flagAt, int escalateAt, int denyAt) {

    public Verdict verdict(long count) {
      if (count < flagAt) {
        return Verdict.ALLOW;
      }
      if (count >= denyAt) {
        return Verdict.DENY;
      }
      return count >= escalateAt ? Verdict.ESCALATE : Verdict.FLAG;
    }
  }

  /**
   * The same few calls in a circle, like A-B-A-B.
   *
   * @param periodMax the longest circle that is looked for, in calls
   * @param rounds how many full rounds, the first one included
   */
  public record Cycle(int periodMax, Thresholds rounds) {}

  /**
   * What is different for one tool.
   *
   * @param exempt what never speaks against its calls
   * @param grows a JSON Pointer to the argument that grows from call to call, as a page does: a
   *     call in which it grew is progress
   */
  public record ToolSettings(Set<Detector> exempt, Optional<String> grows) {
    public ToolSettings {
      exempt = Set.copyOf(exempt);
    }
  }

  /**
   * What one run may use up; a call that would go beyond is denied.
   *
   * @param callsFlagAt from which checked call on each is flagged
   * @param callsEscalateAt from which on each is held
   * @param callsMax checked calls
   * @param callsByToolMax the same by exact tool name
   */
  public record Budgets(
      OptionalLong callsFlagAt,
      OptionalLong callsEscalateAt,
      OptionalLong callsMax,
      Map<String, Long> callsByToolMax,
      List<SumBudget> sums) {
    public Budgets {
      callsByToolMax = Map.copyOf(callsByToolMax);
      sums = List.copyOf(sums);
    }

    /** What so many calls, the present one included, stand for. */
    public Verdict verdict(long calls) {
      if (callsMax.isPresent() && calls > callsMax.getAsLong()) {
        return Verdict.DENY;
      }
      if (callsEscalateAt.isPresent() && calls >= callsEscalateAt.getAsLong()) {
        return Verdict.ESCALATE;
      }
      return callsFlagAt.isPresent() && calls >= callsFlagAt.getAsLong()
          ? Verdict.FLAG
          : Verdict.ALLOW;
    }
  }

  /**
   * A bound on the sum of one numeric argument over a run. A call whose argument is missing, is not
   * a number, or is negative adds nothing and is counted apart: a negative amount gives nothing
   * back.
   *
   * @param name what reasons and {@code run.sums} call it; unique
   * @param tool the exact tool name
   * @param argument a JSON Pointer into the arguments
   */
  public record SumBudget(String name, String tool, String argument, double max) {}

  /**
   * A bound on what is used within a length of time that slides along. What a stopped call would
   * have used is not counted.
   *
   * @param name what reasons call it; unique
   * @param tool the exact tool name; without it every call counts
   * @param argument a JSON Pointer to the argument that is summed; without it calls are counted
   * @param flagAt from how much on, this call included, it is flagged
   * @param escalateAt from how much on it is held
   * @param max a call that would go beyond is denied
   */
  public record Window(
      String name,
      WindowScope scope,
      Duration length,
      Optional<String> tool,
      Optional<String> argument,
      OptionalDouble flagAt,
      OptionalDouble escalateAt,
      double max) {

    public Verdict verdict(double used) {
      if (used > max) {
        return Verdict.DENY;
      }
      if (escalateAt.isPresent() && used >= escalateAt.getAsDouble()) {
        return Verdict.ESCALATE;
      }
      return flagAt.isPresent() && used >= flagAt.getAsDouble() ? Verdict.FLAG : Verdict.ALLOW;
    }
  }

  /** The settings in a tree; a missing part has its default, an unknown field is refused. */
  public static LoopGuardSettings fromJson(Map<String, @Nullable Object> json) {
    return LoopGuardReader.read(new JsonFields(json, ""));
  }

  /** The canonical content. */
  public Map<String, @Nullable Object> toJson() {
    return LoopGuardWriter.write(this);
  }
}
