package dev.saferun.evaluator.history;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Earlier;
import dev.saferun.evaluator.Feature;
import dev.saferun.evaluator.HistoryLimits;
import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.IntentSignal.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All calls of one project. One thread at a time is in it, for some microseconds. */
public final class Calls {

  /** In fewer calls a tool that was never called is nothing to tell. */
  private static final int CALLS_MIN = 200;

  private final Map<String, ToolHistory> tools = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<UUID, ToolHistory> awaited = new LinkedHashMap<>();
  private final Values values = new Values();
  private boolean whole;
  private boolean forgetful;
  private long calls;

  /**
   * @param whole false where earlier calls are still to come: until then nothing is told
   */
  public Calls(boolean whole) {
    this.whole = whole;
  }

  public synchronized void add(Check call, UUID decision) {
    calls++;
    ToolHistory tool = tool(call.tool());
    tool.add(values.of(call.arguments()));
    awaited.put(decision, tool);
    forgetOne(awaited, HistoryLimits.AWAITED_MAX);
  }

  public synchronized void answered(UUID decision, @Nullable Object result) {
    ToolHistory tool = awaited.remove(decision);
    if (tool != null) {
      tool.answered(result);
    }
  }

  public synchronized void addEarlier(Check call, @Nullable Object result) {
    calls++;
    ToolHistory tool = tool(call.tool());
    tool.addEarlier(values.of(call.arguments()));
    if (result != null) {
      tool.answered(result);
    }
  }

  public synchronized void setWhole() {
    whole = true;
  }

  private ToolHistory tool(String name) {
    ToolHistory tool = tools.computeIfAbsent(name, first -> new ToolHistory());
    forgetful |= forgetOne(tools, HistoryLimits.TOOLS_MAX);
    return tool;
  }

  private static <K> boolean forgetOne(Map<K, ToolHistory> map, int most) {
    if (map.size() <= most) {
      return false;
    }
    map.remove(map.keySet().iterator().next());
    return true;
  }

  public synchronized Familiarity compare(Check call) {
    if (!whole) {
      return Familiarity.NONE;
    }
    ToolHistory tool = tools.get(call.tool());
    return tool == null ? withNewTool() : tool.compare(values.of(call.arguments()));
  }

  private Familiarity withNewTool() {
    long once = tools.values().stream().filter(tool -> tool.calls() == 1).count();
    double strength = ArgumentHistory.surprise(Recent.chanceOfNew(once, calls));
    if (forgetful || calls < CALLS_MIN || strength == 0) {
      return Familiarity.NONE;
    }
    IntentSignal signal =
        new IntentSignal(Kind.NOVEL_TOOL, strength, "", null, new Earlier(calls, tools.size()));
    return new Familiarity(Map.of(Feature.NOVEL_TOOL, strength), List.of(signal), Set.of(), null);
  }
}
