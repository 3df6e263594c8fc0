package dev.saferun.evaluator.engine;

import dev.cel.common.values.NullValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns one node of a request's tree into CEL's value for it, without touching what is below. */
final class JsonValues {

  private JsonValues() {}

  @SuppressWarnings("unchecked")
  static Object adapt(@Nullable Object value, Steps steps) {
    return switch (value) {
      case null -> NullValue.NULL_VALUE;
      case Map<?, ?> map -> new JsonMap((Map<String, @Nullable Object>) map, steps);
      case List<?> list -> new JsonList((List<@Nullable Object>) list, steps);
      default -> value;
    };
  }
}
