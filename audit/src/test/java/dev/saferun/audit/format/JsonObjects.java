package dev.saferun.audit.format;

import dev.saferun.platform.StrictJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON that a test expects to be of a certain form. */
final class JsonObjects {

  private static final int DEPTH_MAX = 1_000;

  private JsonObjects() {}

  static Map<String, @Nullable Object> parse(byte[] json) {
    return of(StrictJson.parse(json, DEPTH_MAX));
  }

  /** The object that a value is; an empty one where it is none. */
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> of(@Nullable Object value) {
    return value instanceof Map<?, ?> object ? (Map<String, @Nullable Object>) object : Map.of();
  }

  static Map<String, @Nullable Object> at(Map<String, @Nullable Object> tree, String name) {
    return of(tree.get(name));
  }

  static List<String> texts(@Nullable Object list) {
    return list instanceof List<?> items ? items.stream().map(String::valueOf).toList() : List.of();
  }
}
