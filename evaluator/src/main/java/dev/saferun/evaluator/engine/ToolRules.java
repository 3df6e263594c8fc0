package dev.saferun.evaluator.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of one tool. Those that first ask the same value to be one of some literals stand in
 * one group: the value is read once, and only the rules that name it are run. A thousand rules for
 * a thousand recipients cost as much as one.
 */
final class ToolRules {

  /** Below it, reading the value apart costs more than it saves. */
  private static final int GROUP_MIN = 4;

  static final ToolRules NONE = new ToolRules(List.of());

  private final CompiledRule[] each;
  private final Group[] groups;

  /** Rules that ask for the same value first. */
  private record Group(Node value, Map<Object, List<CompiledRule>> byKey, List<CompiledRule> all) {

    void judge(Inputs inputs, Reasons reasons) {
      List<CompiledRule> asked;
      inputs.start();
      try {
        Object key = Equality.key(value.value(inputs));
        asked = key == null ? List.of() : byKey.getOrDefault(key, List.of());
      } catch (RuleFailure unreadable) {
        // Each rule fails in its own way, or is settled by its other parts.
        asked = all;
      }
      for (int i = 0; i < asked.size(); i++) {
        asked.get(i).judge(inputs, reasons);
      }
    }
  }

  ToolRules(List<CompiledRule> rules) {
    Map<String, List<CompiledRule>> byPath = new LinkedHashMap<>();
    List<CompiledRule> alone = new ArrayList<>();
    for (CompiledRule rule : rules) {
      Optional<Equality> first = rule.condition().first();
      if (first.isPresent()) {
        byPath.computeIfAbsent(first.get().path(), path -> new ArrayList<>()).add(rule);
      } else {
        alone.add(rule);
      }
    }
    List<Group> found = new ArrayList<>();
    for (List<CompiledRule> alike : byPath.values()) {
      if (alike.size() < GROUP_MIN) {
        alone.addAll(alike);
      } else {
        found.add(group(alike));
      }
    }
    this.each = alone.toArray(CompiledRule[]::new);
    this.groups = found.toArray(Group[]::new);
  }

  private static Group group(List<CompiledRule> rules) {
    Map<Object, List<CompiledRule>> byKey = new HashMap<>();
    for (CompiledRule rule : rules) {
      first(rule)
          .keys()
          .forEach(key -> byKey.computeIfAbsent(key, literal -> new ArrayList<>()).add(rule));
    }
    return new Group(first(rules.getFirst()).value(), byKey, rules);
  }

  private static Equality first(CompiledRule rule) {
    return rule.condition().first().orElseThrow();
  }

  /** All of them, also those that a group would not ask. */
  List<CompiledRule> all() {
    List<CompiledRule> all = new ArrayList<>(List.of(each));
    for (Group group : groups) {
      all.addAll(group.all);
    }
    return all;
  }

  void judge(Inputs inputs, Reasons reasons) {
    for (CompiledRule rule : each) {
      rule.judge(inputs, reasons);
    }
    for (Group group : groups) {
      group.judge(inputs, reasons);
    }
  }
}
