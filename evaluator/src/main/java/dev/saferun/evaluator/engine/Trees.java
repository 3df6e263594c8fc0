package dev.saferun.evaluator.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How conditions look into the request's trees. */
final class Trees {

  private Trees() {}

  /**
   * The value as an object, or null where it is none. Nearly every object is of the one class that
   * the door makes, and to ask for a class is cheaper than to ask for an interface.
   */
  static @Nullable Map<?, ?> map(@Nullable Object value) {
    if (value instanceof LinkedHashMap<?, ?> map) {
      return map;
    }
    return value instanceof Map<?, ?> map ? map : null;
  }

  /** The value of a key; one that is not there fails the rule. */
  static @Nullable Object valueOf(Map<?, ?> map, @Nullable Object key, Steps steps) {
    Object value = map.get(key);
    if (value == null && !map.containsKey(key)) {
      throw RuleFailure.of(RuleError.NO_SUCH_KEY);
    }
    return steps.read(value);
  }
}
