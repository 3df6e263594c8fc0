package dev.saferun.evaluator.history;

import dev.saferun.evaluator.Feature;
import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.IntentSignal.Kind;
import dev.saferun.evaluator.ToolEffect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds the values of one call against those that their arguments had; used once. */
final class Comparison {

  private final List<IntentSignal> signals = new ArrayList<>();
  private final Map<Feature, Double> features = new EnumMap<>(Feature.class);
  private final Set<String> usual = new HashSet<>();
  private final Set<String> told = new HashSet<>();

  void compare(Value value, ArgumentHistory argument) {
    tell(Kind.NOVEL_VALUE, Feature.NOVEL_VALUE, argument.novelty(value), value, argument);
    tell(Kind.UNUSUAL_AMOUNT, Feature.UNUSUAL_AMOUNT, argument.above(value), value, argument);
    if (argument.isUsual(value)) {
      usual.add(value.pointer());
    }
  }

  /** Of a list one element is told; the others are of the same argument. */
  private void tell(
      Kind kind, Feature feature, double strength, Value value, ArgumentHistory argument) {
    if (strength > 0) {
      features.merge(feature, strength, Math::max);
      if (told.add(kind.wire() + value.argument())) {
        signals.add(new IntentSignal(kind, strength, value.pointer(), null, argument.earlier()));
      }
    }
  }

  Familiarity with(@Nullable ToolEffect effect) {
    return new Familiarity(features, signals, usual, effect);
  }
}
