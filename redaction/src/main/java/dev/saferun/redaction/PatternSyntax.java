package dev.saferun.redaction;

/**
 * Reads a regular expression as far as is needed before it is compiled: what the linear-time engine
 * cannot do, and how large the counted repetitions make it.
 */
final class PatternSyntax {

  private static final long STEPS_NOT_COUNTED_ON = 1_000_000;

  private final String expression;
  private int at;

  private PatternSyntax(String expression) {
    this.expression = expression;
  }

  /** Refuses backreferences, lookaround and what else looks back at what was matched. */
  static void refuseUnsupported(String expression, String pointer) {
    for (int i = 0; i + 1 < expression.length(); i++) {
      char c = expression.charAt(i);
      char next = expression.charAt(i + 1);
      if (c == '\\') {
        if ((next >= '1' && next <= '9') || next == 'k') {
          throw refused("a backreference", "write out what is to be repeated", i, pointer);
        }
        i++;
      } else if (c == '(' && next == '?') {
        refuseGroup(expression, i, pointer);
      } else if ((c == '+' || c == '*' || c == '?' || c == '}') && next == '+') {
        throw refused("a possessive repetition", "leave out the second '+'", i, pointer);
      }
    }
  }

  private static void refuseGroup(String expression, int at, String pointer) {
    String group = expression.substring(at);
    if (group.startsWith("(?=") || group.startsWith("(?!")) {
      throw refused("lookahead", "match what follows too, or use \\b", at, pointer);
    }
    if (group.startsWith("(?<=") || group.startsWith("(?<!")) {
      throw refused("lookbehind", "match what stands before too, or use \\b", at, pointer);
    }
    if (group.startsWith("(?>")) {
      throw refused("an atomic group", "use (?:...)", at, pointer);
    }
  }

  private static RuntimeException refused(String what, String instead, int at, String pointer) {
    return CustomPatterns.invalid(
        what
            + " is not supported (at character "
            + (at + 1)
            + "), because its time could grow"
            + " beyond all bounds: "
            + instead,
        pointer);
  }

  /** How many steps the pattern has when its counted repetitions are written out. */
  static long steps(String expression) {
    PatternSyntax syntax = new PatternSyntax(expression);
    long steps = 0;
    while (syntax.at < expression.length()) {
      steps += syntax.sequence();
      syntax.at++;
    }
    return steps;
  }

  /** Up to a closing parenthesis or the end. */
  private long sequence() {
    long steps = 0;
    while (at < expression.length() && expression.charAt(at) != ')') {
      long atom = atom();
      steps = Math.min(STEPS_NOT_COUNTED_ON, steps + atom * repetitions());
    }
    return steps;
  }

  private long atom() {
    char c = expression.charAt(at++);
    switch (c) {
      case '\\' -> at++;
      case '[' -> skipClass();
      case '(' -> {
        long steps = sequence();
        at++;
        return steps;
      }
      default -> {}
    }
    return 1;
  }

  private void skipClass() {
    at += expression.startsWith("^]", at) ? 2 : expression.startsWith("]", at) ? 1 : 0;
    while (at < expression.length() && expression.charAt(at) != ']') {
      if (expression.startsWith("[:", at)) {
        int end = expression.indexOf(":]", at);
        at = end < 0 ? expression.length() : end + 1;
      } else if (expression.charAt(at) == '\\') {
        at++;
      }
      at++;
    }
    at++;
  }

  /** The larger number of {@code {n}} and {@code {n,m}}, 1 where none stands. */
  private long repetitions() {
    if (at >= expression.length() || expression.charAt(at) != '{') {
      return 1;
    }
    int end = expression.indexOf('}', at);
    String counts = end < 0 ? "" : expression.substring(at + 1, end);
    if (!counts.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
      return 1;
    }
    at = end + 1;
    long larger = 1;
    for (String count : counts.split(",", 0)) {
      larger = Math.max(larger, Long.parseLong(count));
    }
    return larger;
  }
}
