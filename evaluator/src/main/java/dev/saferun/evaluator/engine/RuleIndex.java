package dev.saferun.evaluator.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules of a policy by tool, in the order of their names. A tool's list is put together when it
 * is first asked for (its exact rules, the globs that match it and those for every tool) and kept,
 * for a bounded number of tools: the names come from outside.
 */
final class RuleIndex {

  private static final CompiledRule[] NONE = {};

  private final Map<String, List<Integer>> exact = new HashMap<>();
  private final List<Integer> patterns = new ArrayList<>();
  private final List<CompiledRule> rules;
  private final Map<String, CompiledRule[]> byTool = new ConcurrentHashMap<>();

  RuleIndex(List<CompiledRule> rules) {
    this.rules = List.copyOf(rules);
    for (int i = 0; i < rules.size(); i++) {
      place(i, rules.get(i).tools());
    }
  }

  private void place(int position, List<ToolPattern> tools) {
    if (tools.stream().allMatch(ToolPattern::isExact) && !tools.isEmpty()) {
      for (ToolPattern tool : tools) {
        exact.computeIfAbsent(tool.text(), name -> new ArrayList<>()).add(position);
      }
    } else {
      patterns.add(position);
    }
  }

  CompiledRule[] of(String tool) {
    CompiledRule[] known = byTool.get(tool);
    if (known != null) {
      return known;
    }
    CompiledRule[] found = find(tool);
    if (byTool.size() < Limits.TOOLS_CACHED_MAX) {
      byTool.put(tool, found);
    }
    return found;
  }

  private CompiledRule[] find(String tool) {
    List<Integer> positions = new ArrayList<>(exact.getOrDefault(tool, List.of()));
    for (int position : patterns) {
      if (rules.get(position).isFor(tool)) {
        positions.add(position);
      }
    }
    if (positions.isEmpty()) {
      return NONE;
    }
    return positions.stream().sorted().distinct().map(rules::get).toArray(CompiledRule[]::new);
  }
}
