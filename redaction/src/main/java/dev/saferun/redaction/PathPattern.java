package dev.saferun.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A rule's path, taken apart. What is wrong with it is an {@link IllegalArgumentException}. */
record PathPattern(List<Segment> segments) {

  static final int LENGTH_MAX = 512;
  static final int SEGMENTS_MAX = 32;

  /** Each {@code **} multiplies the places that a walk has to keep in mind. */
  static final int DEEP_MAX = 4;

  static final int STARS_IN_NAME_MAX = 4;

  /** One step of a path. */
  sealed interface Segment {

    /** Exactly this name; in lower case where the rule takes any case. */
    record Name(String name) implements Segment {}

    /** Any one member or element. */
    record AnyOne() implements Segment {}

    /** Any number of members or elements, also none. */
    record AnyNumber() implements Segment {}

    /** A name of which only parts are given; two parts have any characters between them. */
    record Glob(List<String> parts) implements Segment {

      boolean matches(String name) {
        String first = parts.getFirst();
        String last = parts.getLast();
        if (name.length() < first.length() + last.length()
            || !name.startsWith(first)
            || !name.endsWith(last)) {
          return false;
        }
        int from = first.length();
        int end = name.length() - last.length();
        for (int i = 1; i < parts.size() - 1; i++) {
          int found = name.indexOf(parts.get(i), from);
          if (found < 0 || found + parts.get(i).length() > end) {
            return false;
          }
          from = found + parts.get(i).length();
        }
        return true;
      }
    }
  }

  static PathPattern parse(String path, boolean anyCase) {
    require(path.startsWith("/"), "a path starts with '/'");
    require(path.length() <= LENGTH_MAX, "a path has at most " + LENGTH_MAX + " characters");
    String[] raw = path.substring(1).split("/", -1);
    require(raw.length <= SEGMENTS_MAX, "a path has at most " + SEGMENTS_MAX + " segments");
    List<Segment> segments = new ArrayList<>();
    for (String text : raw) {
      segments.add(segment(text, anyCase));
    }
    long deep = segments.stream().filter(Segment.AnyNumber.class::isInstance).count();
    require(deep <= DEEP_MAX, "a path has '**' at most " + DEEP_MAX + " times");
    return new PathPattern(List.copyOf(segments));
  }

  private static Segment segment(String raw, boolean anyCase) {
    if (raw.equals("*")) {
      return new Segment.AnyOne();
    }
    if (raw.equals("**")) {
      return new Segment.AnyNumber();
    }
    require(!raw.contains("**"), "'**' stands alone between two '/'");
    String[] parts = raw.split("\\*", -1);
    require(
        parts.length - 1 <= STARS_IN_NAME_MAX,
        "a name has '*' at most " + STARS_IN_NAME_MAX + " times");
    for (int i = 0; i < parts.length; i++) {
      String name = unescape(parts[i]);
      parts[i] = anyCase ? name.toLowerCase(Locale.ROOT) : name;
    }
    return parts.length == 1 ? new Segment.Name(parts[0]) : new Segment.Glob(List.of(parts));
  }

  private static String unescape(String raw) {
    if (raw.indexOf('~') < 0) {
      return raw;
    }
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      name.append(c == '~' ? escaped(++i < raw.length() ? raw.charAt(i) : ' ') : c);
    }
    return name.toString();
  }

  private static char escaped(char code) {
    return switch (code) {
      case '0' -> '~';
      case '1' -> '/';
      case '2' -> '*';
      default -> throw new IllegalArgumentException("after '~' stands 0, 1 or 2");
    };
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
