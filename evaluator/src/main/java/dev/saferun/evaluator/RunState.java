package dev.saferun.evaluator;

import java.util.ArrayList;
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

  /** The state as it stands in a frame; fingerprints are hex, as JSON has no 64-bit numbers. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("whole", whole);
    json.put("calls", calls);
    json.put("calls_by_tool", callsByTool);
    json.put("sums", sums);
    json.put("uncounted", uncounted);
    List<Object> fingerprints = new ArrayList<>(recent.size());
    for (Long fingerprint : recent) {
      fingerprints.add(Long.toHexString(fingerprint));
    }
    json.put("recent", fingerprints);
    return json;
  }

  /** The state that {@link #toJson} wrote. */
  public static RunState fromJson(Map<String, @Nullable Object> json) {
    JsonFields fields = new JsonFields(json, "");
    Map<String, Double> sums = new LinkedHashMap<>();
    fields.object("sums").forEachNumber((name, sum) -> sums.put(name, sum.doubleValue()));
    List<Long> recent = new ArrayList<>();
    for (String fingerprint : fields.texts("recent")) {
      recent.add(Long.parseUnsignedLong(fingerprint, 16));
    }
    return new RunState(
        fields.flag("whole"),
        fields.whole("calls"),
        fields.object("calls_by_tool").wholes(),
        sums,
        fields.object("uncounted").wholes(),
        recent);
  }
}
