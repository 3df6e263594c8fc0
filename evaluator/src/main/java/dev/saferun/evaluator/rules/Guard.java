package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.IntentGuardSettings;
import dev.saferun.evaluator.LoopGuardSettings;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A guard whose settings a project writes.
 *
 * @param name as it stands in the database, in addresses and in the audit log
 * @param standard what a project has that wrote nothing
 */
public record Guard<T>(
    String name,
    T standard,
    Function<Map<String, @Nullable Object>, T> read,
    Function<T, Map<String, @Nullable Object>> write) {

  public static final Guard<LoopGuardSettings> LOOP =
      new Guard<>(
          "loop-guard",
          LoopGuardSettings.DEFAULT,
          LoopGuardSettings::fromJson,
          LoopGuardSettings::toJson);

  public static final Guard<IntentGuardSettings> INTENT =
      new Guard<>(
          "intent-guard",
          IntentGuardSettings.STANDARD,
          IntentGuardSettings::fromStored,
          IntentGuardSettings::toStored);
}
