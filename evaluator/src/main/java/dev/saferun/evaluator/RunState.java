package dev.saferun.evaluator;

import java.util.List;
import java.util.Map;

/**
 * What the guards and the rules may know of a run's earlier calls, as it was just before this call.
 * It is an input of the decision: it stands in the frame, and a proof takes it from there instead
 * of counting again.
 *
 * @param whole false where earlier frames could not be read: the counts are then lower bounds
 * @param calls checked calls before this one
 * @param callsByTool the same by tool
 * @param sums the running sum of each budgeted argument, by the budget's name
 * @param recent fingerprints (tool + canonical arguments) of the latest calls, newest first, at
 *     most {@link #RECENT_MAX}
 */
public record RunState(
    boolean whole,
    long calls,
    Map<String, Long> callsByTool,
    Map<String, Double> sums,
    List<Long> recent) {

  /** How far back repeats and cycles are looked for. */
  public static final int RECENT_MAX = 64;

  public static final RunState NEW = new RunState(true, 0, Map.of(), Map.of(), List.of());
}
