package dev.saferun.evaluator.history;

import dev.saferun.evaluator.HistoryLimits;
import dev.saferun.evaluator.ToolEffect;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the calls of one tool were like, and what their answers said was done. */
final class ToolHistory {

  private static final int AGREEING_MIN = 5;
  private static final double AGREEING_SHARE = 0.8;

  private final Map<String, ArgumentHistory> arguments = new HashMap<>();
  private final Map<ToolEffect, Long> done = new EnumMap<>(ToolEffect.class);
  private long calls;
  private long answers;

  void add(List<Value> values) {
    calls++;
    for (Value value : values) {
      ArgumentHistory argument = remembered(value.argument());
      if (argument != null) {
        argument.add(value);
      }
    }
  }

  /** The last value of a list is the one that came last. */
  void addEarlier(List<Value> values) {
    calls++;
    for (Value value : values.reversed()) {
      ArgumentHistory argument = remembered(value.argument());
      if (argument != null) {
        argument.addEarlier(value);
      }
    }
  }

  private @Nullable ArgumentHistory remembered(String name) {
    ArgumentHistory known = arguments.get(name);
    if (known == null && arguments.size() < HistoryLimits.ARGUMENTS_MAX) {
      known = new ArgumentHistory();
      arguments.put(name, known);
    }
    return known;
  }

  void answered(@Nullable Object result) {
    answers++;
    Done.in(result).ifPresent(effect -> done.merge(effect, 1L, Long::sum));
  }

  /** What its answers said was done, where nearly all say the same. */
  Optional<ToolEffect> effect() {
    return done.entrySet().stream()
        .filter(said -> said.getValue() >= AGREEING_MIN)
        .filter(said -> said.getValue() >= AGREEING_SHARE * answers)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  long calls() {
    return calls;
  }

  Familiarity compare(List<Value> values) {
    Comparison comparison = new Comparison();
    for (Value value : values) {
      ArgumentHistory argument = arguments.get(value.argument());
      if (argument != null && !value.isHidden()) {
        comparison.compare(value, argument);
      }
    }
    return comparison.with(effect().orElse(null));
  }
}
