package dev.saferun.evaluator.analysis;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds parts that ask one thing to be two: {@code tool == 'a' && tool == 'b'}. */
final class Equalities {

  /** Written by {@link NormalForm}: a text or a number sorts before any name. */
  private static final Pattern EQUALITY =
      Pattern.compile("\\(('(?:[^'\\\\]|\\\\.)*'|-?[0-9.]+) == ([a-zA-Z_][a-zA-Z0-9_.]*)\\)");

  private Equalities() {}

  static boolean contradict(Set<String> parts) {
    Map<String, String> asked = new HashMap<>();
    for (String part : parts) {
      Matcher equality = EQUALITY.matcher(part);
      if (equality.matches()) {
        String before = asked.put(equality.group(2), equality.group(1));
        if (before != null && !before.equals(equality.group(1))) {
          return true;
        }
      }
    }
    return false;
  }
}
