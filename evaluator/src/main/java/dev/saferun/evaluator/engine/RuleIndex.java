package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the rules of a tool. What rules name exactly is resolved when the index is made; other
 * names are held against the globs once and remembered, up to a bound. Rules of other tools cost
 * nothing.
 */
final class RuleIndex {

  private record Glob(ToolPattern pattern, CompiledRule rule) {}

  private final List<CompiledRule> everywhere = new ArrayList<>();
  private final List<Glob> globs = new ArrayList<>();
  private final Map<String, ToolRules> exact = new HashMap<>();
  private final ToolRules elsewhere;
  private final Map<String, ToolRules> remembered = new ConcurrentHashMap<>();

  RuleIndex(List<CompiledRule> rules) {
    Map<String, List<CompiledRule>> byTool = new HashMap<>();
    rules.forEach(rule -> place(rule, byTool));
    byTool.forEach((tool, named) -> exact.put(tool, join(named, tool)));
    elsewhere = everywhere.isEmpty() ? ToolRules.NONE : new ToolRules(everywhere);
  }

  private void place(CompiledRule rule, Map<String, List<CompiledRule>> byTool) {
    if (rule.version().tools().isEmpty()) {
      everywhere.add(rule);
    }
    for (String tool : rule.version().tools()) {
      ToolPattern pattern = new ToolPattern(tool);
      if (pattern.isExact()) {
        byTool.computeIfAbsent(tool, name -> new ArrayList<>()).add(rule);
      } else {
        globs.add(new Glob(pattern, rule));
      }
    }
  }

  ToolRules rulesFor(String tool) {
    ToolRules named = exact.get(tool);
    if (named != null) {
      return named;
    }
    if (globs.isEmpty()) {
      return elsewhere;
    }
    ToolRules known = remembered.get(tool);
    return known != null ? known : remember(tool, join(List.of(), tool));
  }

  private ToolRules remember(String tool, ToolRules rules) {
    if (remembered.size() < Limits.TOOLS_REMEMBERED_MAX) {
      remembered.put(tool, rules);
    }
    return rules;
  }

  private ToolRules join(List<CompiledRule> named, String tool) {
    Set<CompiledRule> rules = new LinkedHashSet<>(named);
    for (Glob glob : globs) {
      if (glob.pattern.matches(tool)) {
        rules.add(glob.rule);
      }
    }
    rules.addAll(everywhere);
    return new ToolRules(List.copyOf(rules));
  }
}
