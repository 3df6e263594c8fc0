package dev.saferun.evaluator;

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
 * @param frame the number that this call gets in its run
 * @param calls checked calls before this one, the stopped ones included
 * @param callsByTool the same by tool
 * @param sums the running sum of each budgeted argument, by the budget's name; stopped calls add
 *     nothing
 * @param uncounted how many calls had no argument that could be added, by the budget's name
 * @param grown the largest value so far of each argument that is declared to grow, by tool
 * @param stoppedAt the frame in which the guard stopped the run; 0 where it did not
 * @param recent the latest calls and what came of them
 * @param windows what was used within each window that this call adds to; read for this call alone,
 *     never carried on
 * @param intent what was measured of this call; never carried on either
 */
public record RunState(
    boolean whole,
    long frame,
    long calls,
    ToolCounts callsByTool,
    Map<String, Double> sums,
    Map<String, Long> uncounted,
    Map<String, Double> grown,
    long stoppedAt,
    RecentCalls recent,
    List<WindowReading> windows,
    IntentReading intent) {

  /** A run's first call. */
  public static final RunState NEW = empty(true);

  /** The state of a run that was there before, of which nothing is known. */
  public static final RunState UNKNOWN = empty(false);

  /** What a call changes beside the counts of calls. */
  public record Change(
      Map<String, Double> sums,
      Map<String, Long> uncounted,
      Map<String, Double> grown,
      long stoppedAt) {}

  private static RunState empty(boolean whole) {
    return new RunState(
        whole,
        1,
        0,
        ToolCounts.NONE,
        Map.of(),
        Map.of(),
        Map.of(),
        0,
        RecentCalls.NONE,
        List.of(),
        IntentReading.OFF);
  }

  /** The state with what is read for one call: its number and its windows. */
  public RunState at(long number, List<WindowReading> readings) {
    return new RunState(
        whole,
        number,
        calls,
        callsByTool,
        sums,
        uncounted,
        grown,
        stoppedAt,
        recent,
        readings,
        intent);
  }

  /** The state with what was measured of one call. */
  public RunState with(IntentReading measured) {
    return new RunState(
        whole,
        frame,
        calls,
        callsByTool,
        sums,
        uncounted,
        grown,
        stoppedAt,
        recent,
        windows,
        measured);
  }

  /** The state after one more call, with what only its evaluation knows. */
  public RunState after(String tool, RecentCalls recentAfter, Change change) {
    boolean counts = callsByTool.counts(tool);
    return new RunState(
        whole && counts,
        frame + 1,
        calls + 1,
        counts ? callsByTool.with(tool) : callsByTool,
        change.sums,
        change.uncounted,
        change.grown,
        change.stoppedAt,
        recentAfter,
        List.of(),
        IntentReading.OFF);
  }

  /** The state once it is known what came of the call at that frame. */
  public RunState observed(long actionFrame, Observation observation) {
    return new RunState(
        whole,
        frame,
        calls,
        callsByTool,
        sums,
        uncounted,
        grown,
        stoppedAt,
        recent.after(actionFrame, observation),
        windows,
        intent);
  }

  /** What a call changed on the way from this state to the next, for {@link #changed}. */
  public Map<String, @Nullable Object> changeTo(RunState after) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("call", after.recent.newest().text());
    if (!after.sums.equals(sums) || !after.uncounted.equals(uncounted)) {
      json.put("sums", after.sums);
      json.put("uncounted", after.uncounted);
    }
    if (!after.grown.equals(grown)) {
      json.put("grown", after.grown);
    }
    if (after.stoppedAt != stoppedAt) {
      json.put("stopped_at", after.stoppedAt);
    }
    return json;
  }

  /** The state after a call of that tool, from what {@link #changeTo} wrote. */
  public RunState changed(String tool, Map<String, @Nullable Object> change) {
    JsonFields fields = new JsonFields(change, "");
    return after(
        tool,
        recent.withNewestOf(RecentCalls.of(fields.text("call"))),
        new Change(
            fields.has("sums") ? numbers(fields, "sums") : sums,
            fields.has("uncounted") ? fields.object("uncounted").wholes() : uncounted,
            fields.has("grown") ? numbers(fields, "grown") : grown,
            fields.has("stopped_at") ? fields.whole("stopped_at") : stoppedAt));
  }

  /** The state as it stands in a frame. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("whole", whole);
    json.put("frame", frame);
    json.put("calls", calls);
    json.put("calls_by_tool", callsByTool.toMap());
    json.put("sums", sums);
    json.put("uncounted", uncounted);
    json.put("recent_calls", recent.text());
    if (!grown.isEmpty()) {
      json.put("grown", grown);
    }
    if (stoppedAt > 0) {
      json.put("stopped_at", stoppedAt);
    }
    if (intent.status() != IntentReading.Status.OFF) {
      json.put("intent", intent.toJson());
    }
    if (!windows.isEmpty()) {
      json.put("windows", windows.stream().map(WindowReading::toJson).toList());
    }
    return json;
  }

  /** The state that {@link #toJson} wrote. */
  public static RunState fromJson(Map<String, @Nullable Object> json) {
    JsonFields fields = new JsonFields(json, "");
    return new RunState(
        fields.flag("whole"),
        fields.whole("frame"),
        fields.whole("calls"),
        ToolCounts.of(fields.object("calls_by_tool").wholes()),
        numbers(fields, "sums"),
        fields.object("uncounted").wholes(),
        numbers(fields, "grown"),
        fields.has("stopped_at") ? fields.whole("stopped_at") : 0,
        RecentCalls.of(fields.text("recent_calls")),
        fields.objects("windows").stream().map(WindowReading::fromJson).toList(),
        fields.has("intent") ? IntentReading.of(fields.object("intent")) : IntentReading.OFF);
  }

  private static Map<String, Double> numbers(JsonFields fields, String name) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    fields.object(name).forEachNumber((key, number) -> numbers.put(key, number.doubleValue()));
    return numbers;
  }
}
