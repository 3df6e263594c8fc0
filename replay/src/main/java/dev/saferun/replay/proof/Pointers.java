package dev.saferun.replay.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Pointers (RFC 6901) into trees that nobody may change. */
final class Pointers {

  private Pointers() {}

  /** The names on the way, unescaped; none for the whole document. */
  static List<String> names(String pointer) {
    if (pointer.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (String part : pointer.substring(1).split("/", -1)) {
      names.add(part.replace("~1", "/").replace("~0", "~"));
    }
    return names;
  }

  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /**
   * The tree with another value at that place, where there is such a place; only what lies on the
   * way is copied.
   */
  static @Nullable Object with(@Nullable Object tree, List<String> names, Object value) {
    if (names.isEmpty()) {
      return value;
    }
    String name = names.getFirst();
    List<String> rest = names.subList(1, names.size());
    if (tree instanceof Map<?, ?> object && object.containsKey(name)) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>(object);
      copy.put(name, with(object.get(name), rest, value));
      return copy;
    }
    if (tree instanceof List<?> list && index(name, list.size()) >= 0) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      int index = index(name, list.size());
      copy.set(index, with(list.get(index), rest, value));
      return copy;
    }
    return tree;
  }

  private static int index(String name, int size) {
    boolean isNumber =
        !name.isEmpty() && name.length() <= 9 && name.chars().allMatch(Pointers::digit);
    int index = isNumber ? Integer.parseInt(name) : -1;
    return index < size ? index : -1;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }
}
