package dev.saferun.replay.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree that {@code jsonb} takes: without the character U+0000, which it refuses, and
 * without numbers that it would write out in hundreds of digits. What does not fit becomes null.
 */
final class SearchCopy {

  private static final double NUMBER_MAX = 1e17;

  private SearchCopy() {}

  static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case String text -> text(text);
      case Double number -> Math.abs(number) < NUMBER_MAX ? number : null;
      case Map<?, ?> object -> object(object);
      case List<?> array -> array(array);
      case null -> null;
      default -> value;
    };
  }

  private static String text(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
  }

  private static Map<String, @Nullable Object> object(Map<?, ?> object) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    object.forEach((name, value) -> copy.put(text(String.valueOf(name)), of(value)));
    return copy;
  }

  private static List<@Nullable Object> array(List<?> array) {
    List<@Nullable Object> copy = new ArrayList<>(array.size());
    array.forEach(value -> copy.add(of(value)));
    return copy;
  }
}
