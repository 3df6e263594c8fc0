package dev.saferun.audit.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes any tree one that can be written as JSON. What a receiver could not read anyway (a lone
 * surrogate, a number that JSON or its readers do not have, nesting without end) is replaced,
 * because an event that cannot be written would hold up all that come after it. A sound tree stays
 * equal to itself.
 */
final class WritableTree {

  static final int DEPTH_MAX = 64;

  /** Beyond it most readers round, and some refuse (RFC 7493). */
  private static final long WHOLE_MAX = (1L << 53) - 1;

  private static final String TOO_DEEP = "[nested too deep]";
  private static final int REPLACEMENT = '\uFFFD';

  private WritableTree() {}

  static Map<String, @Nullable Object> of(Map<?, ?> tree) {
    return object(tree, 0);
  }

  private static @Nullable Object value(@Nullable Object value, int depth) {
    return switch (value) {
      case null -> null;
      case String text -> wellFormed(text);
      case Boolean bool -> bool;
      case Long whole -> isExact(whole) ? (Object) whole : whole.toString();
      case Integer whole -> whole;
      case Double number -> Double.isFinite(number) ? (Object) number : number.toString();
      case Map<?, ?> object -> depth < DEPTH_MAX ? object(object, depth) : TOO_DEEP;
      case List<?> array -> depth < DEPTH_MAX ? array(array, depth) : TOO_DEEP;
      default -> wellFormed(value.toString());
    };
  }

  private static boolean isExact(long whole) {
    return whole >= -WHOLE_MAX && whole <= WHOLE_MAX;
  }

  private static Map<String, @Nullable Object> object(Map<?, ?> object, int depth) {
    Map<String, @Nullable Object> members = new TreeMap<>();
    object.forEach(
        (name, value) -> members.put(wellFormed(String.valueOf(name)), value(value, depth + 1)));
    return members;
  }

  private static List<@Nullable Object> array(List<?> array, int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    array.forEach(item -> items.add(value(item, depth + 1)));
    return items;
  }

  private static String wellFormed(String text) {
    if (text.codePoints().noneMatch(WritableTree::isLoneSurrogate)) {
      return text;
    }
    return text.codePoints()
        .map(codePoint -> isLoneSurrogate(codePoint) ? REPLACEMENT : codePoint)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Where a surrogate has its other half, a stream of code points joins the two. */
  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
