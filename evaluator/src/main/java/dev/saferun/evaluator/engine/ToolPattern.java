package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Limits;
import java.util.Optional;

/** A tool's exact name, or a glob in which {@code *} stands for any run of characters. */
public record ToolPattern(String text) {

  /** What is wrong with it, if anything. */
  public static Optional<String> faultOf(String text) {
    if (text.isEmpty() || text.length() > Limits.TOOL_CHARACTERS_MAX) {
      return Optional.of("a tool must have 1 to " + Limits.TOOL_CHARACTERS_MAX + " characters");
    }
    if (text.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      return Optional.of("a tool must not contain white space");
    }
    if (text.contains("**") || text.chars().filter(c -> c == '*').count() > Limits.TOOL_STARS_MAX) {
      return Optional.of(
          "a glob has at most " + Limits.TOOL_STARS_MAX + " stars, none beside another");
    }
    return Optional.empty();
  }

  /** Whether every tool of the other pattern is one of this. Seldom says no where it is so. */
  public boolean covers(String other) {
    return text.equals("*") || text.equals(other) || matches(other);
  }

  boolean isExact() {
    return text.indexOf('*') < 0;
  }

  /** Greedy match with one point to go back to: at most name times pattern steps, no regex. */
  boolean matches(String tool) {
    int at = 0;
    int inText = 0;
    int star = -1;
    int resume = 0;
    while (at < tool.length()) {
      if (inText < text.length() && text.charAt(inText) == '*') {
        star = inText++;
        resume = at;
      } else if (inText < text.length() && text.charAt(inText) == tool.charAt(at)) {
        inText++;
        at++;
      } else if (star >= 0) {
        inText = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (inText < text.length() && text.charAt(inText) == '*') {
      inText++;
    }
    return inText == text.length();
  }
}
