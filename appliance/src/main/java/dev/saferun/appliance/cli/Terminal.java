package dev.saferun.appliance.cli;

import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the terminal can show: its width, and whether colour is wanted. Colour never says what a
 * word does not.
 */
record Terminal(int width, boolean colour) {

  private static final int WIDTH_USUAL = 100;
  private static final int WIDTH_MIN = 40;

  static Terminal ofThisProcess() {
    boolean colour = isTerminal(System.console()) && System.getenv("NO_COLOR") == null;
    return new Terminal(width(System.getenv("COLUMNS")), colour);
  }

  private static boolean isTerminal(@Nullable Console console) {
    return console != null && console.isTerminal();
  }

  private static int width(@Nullable String columns) {
    try {
      return columns == null ? WIDTH_USUAL : Math.max(WIDTH_MIN, Integer.parseInt(columns));
    } catch (NumberFormatException notANumber) {
      return WIDTH_USUAL;
    }
  }

  String strong(String text) {
    return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  String alarm(String text) {
    return colour ? "\u001b[1;31m" + text + "\u001b[0m" : text;
  }

  String faint(String text) {
    return colour ? "\u001b[2m" + text + "\u001b[0m" : text;
  }

  /** The text in lines of at most that many characters, broken at spaces where there are any. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      String rest = paragraph;
      while (rest.length() > width) {
        int space = rest.lastIndexOf(' ', width);
        int end = space > width / 3 ? space : width;
        lines.add(rest.substring(0, end).stripTrailing());
        rest = rest.substring(end).stripLeading();
      }
      lines.add(rest);
    }
    return lines;
  }

  /** At most that many characters, with a sign where something was left out. */
  static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, Math.max(0, length - 1)) + "…";
  }
}
