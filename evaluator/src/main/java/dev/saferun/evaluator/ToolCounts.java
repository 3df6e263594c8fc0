package dev.saferun.evaluator;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls by tool, immutable. One more call copies the numbers and shares the names, of which a run
 * has few.
 */
public final class ToolCounts {

  public static final ToolCounts NONE = new ToolCounts(new String[0], new long[0]);

  private final String[] tools;
  private final long[] calls;

  private ToolCounts(String[] tools, long[] calls) {
    this.tools = tools;
    this.calls = calls;
  }

  static ToolCounts of(Map<String, Long> counts) {
    String[] tools = new String[counts.size()];
    long[] calls = new long[counts.size()];
    int at = 0;
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      tools[at] = count.getKey();
      calls[at++] = count.getValue();
    }
    return new ToolCounts(tools, calls);
  }

  /** Calls of the tool; 0 where it was not counted. */
  public long of(String tool) {
    int place = place(tool);
    return place < tools.length ? calls[place] : 0;
  }

  /** Of a bounded number of tools calls are counted one by one; of later ones not. */
  boolean counts(String tool) {
    return tools.length < Limits.TOOLS_COUNTED_MAX || place(tool) < tools.length;
  }

  /** The counts with one more call of this tool. */
  public ToolCounts with(String tool) {
    int place = place(tool);
    boolean isNew = place == tools.length;
    String[] names = isNew ? Arrays.copyOf(tools, place + 1) : tools;
    long[] counts = Arrays.copyOf(calls, names.length);
    names[place] = tool;
    counts[place]++;
    return new ToolCounts(names, counts);
  }

  private int place(String tool) {
    int place = 0;
    while (place < tools.length && !tools[place].equals(tool)) {
      place++;
    }
    return place;
  }

  public Map<String, Long> toMap() {
    Map<String, Long> counts = LinkedHashMap.newLinkedHashMap(tools.length);
    for (int i = 0; i < tools.length; i++) {
      counts.put(tools[i], calls[i]);
    }
    return counts;
  }

  /** The order of the tools does not count. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ToolCounts counts && toMap().equals(counts.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
