package dev.saferun.evaluator.history;

import dev.saferun.evaluator.Feature;
import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.ToolEffect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a project's history says of one call.
 *
 * @param features what is unusual about it
 * @param signals the same, with the earlier calls that it was held against
 * @param usual the pointers of the values that their argument nearly always had
 * @param effect what the tool's answers said was done; null where they do not tell
 */
public record Familiarity(
    Map<Feature, Double> features,
    List<IntentSignal> signals,
    Set<String> usual,
    @Nullable ToolEffect effect) {

  /** Nothing is known. */
  public static final Familiarity NONE = new Familiarity(Map.of(), List.of(), Set.of(), null);

  public Familiarity {
    features = Map.copyOf(features);
    signals = List.copyOf(signals);
    usual = Set.copyOf(usual);
  }
}
