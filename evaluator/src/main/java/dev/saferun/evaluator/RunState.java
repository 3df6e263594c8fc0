package dev.saferun.evaluator;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the guards and the rules may know of a run's earlier calls, as it was just before this call.
 * It is an input of the decision: it stands in the frame, and a proof takes it from there instead
 * of counting again.
 *
 * @param whole false where earlier frames could not be read, or where the run used more tools than
 *     are counted: the counts are then lower bounds
 * @param calls checked calls before this one, the stopped ones included
 * @param callsByTool the same by tool
 * @param sums the running sum of each budgeted argument, by the budget's name; stopped calls add
 *     nothing
 * @param uncounted how many calls had no argument that could be added, by the budget's name
 * @param recent fingerprints (tool + canonical arguments) of the latest calls, newest first, at
 *     most {@link #RECENT_MAX}
 */
public record RunState(
    boolean whole,
    long calls,
    Map<String, Long> callsByTool,
    Map<String, Double> sums,
    Map<String, Long> uncounted,
    List<Long> recent) {

  /** How far back repeats and cycles are looked for. */
  public static final int RECENT_MAX = 64;

  public static final RunState NEW = new RunState(true, 0, Map.of(), Map.of(), List.of());

  /** A state in which every call could be added. */
  public RunState(
      boolean whole,
      long calls,
      Map<String, Long> callsByTool,
      Map<String, Double> sums,
      List<Long> recent) {
    this(whole, calls, callsByTool, sums, Map.of(), recent);
  }

  /**
   * Whether calls of the tool are counted: of a bounded number of tools each, of later ones not.
   */
  public boolean countsTool(String tool) {
    return callsByTool.size() < Limits.TOOLS_COUNTED_MAX || callsByTool.containsKey(tool);
  }

  /** The state after one more call, with the sums that only its evaluation knows. */
  public RunState after(
      String tool,
      long fingerprint,
      Map<String, Double> sumsAfter,
      Map<String, Long> uncountedAfter) {
    return new RunState(
        whole && countsTool(tool),
        calls + 1,
        countsTool(tool) ? callsByToolAfter(tool) : callsByTool,
        sumsAfter,
        uncountedAfter,
        recentAfter(fingerprint));
  }

  /** The counts by tool with one more call of this one. */
  public Map<String, Long> callsByToolAfter(String tool) {
    Map<String, Long> after = new HashMap<>(callsByTool);
    after.merge(tool, 1L, Long::sum);
    return after;
  }

  private List<Long> recentAfter(long fingerprint) {
    int size = Math.min(recent.size() + 1, RECENT_MAX);
    Long[] after = new Long[size];
    after[0] = fingerprint;
    for (int i = 1; i < size; i++) {
      after[i] = recent.get(i - 1);
    }
    return Collections.unmodifiableList(Arrays.asList(after));
  }

  /** The state as it stands in a frame. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("whole", whole);
    json.put("calls", calls);
    json.put("calls_by_tool", callsByTool);
    json.put("sums", sums);
    json.put("uncounted", uncounted);
    json.put("recent", Fingerprints.text(recent));
    return json;
  }

  /** The state that {@link #toJson} wrote. */
  public static RunState fromJson(Map<String, @Nullable Object> json) {
    JsonFields fields = new JsonFields(json, "");
    Map<String, Double> sums = new LinkedHashMap<>();
    fields.object("sums").forEachNumber((name, sum) -> sums.put(name, sum.doubleValue()));
    return new RunState(
        fields.flag("whole"),
        fields.whole("calls"),
        fields.object("calls_by_tool").wholes(),
        sums,
        fields.object("uncounted").wholes(),
        Fingerprints.list(fields.text("recent")));
  }
}
