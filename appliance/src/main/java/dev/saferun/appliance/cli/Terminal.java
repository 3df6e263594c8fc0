package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
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

  /**
   * A recorded document made fit to be shown: what an agent or a retrieved document said is never
   * trusted, and a control character in it could move the cursor or repaint the verdict. Each is
   * shown as its escape; line ends stay.
   */
  static JsonNode clean(JsonNode recorded) {
    if (recorded.isTextual()) {
      return TextNode.valueOf(clean(recorded.asText()));
    }
    if (recorded.isArray()) {
      ArrayNode array = Client.JSON.createArrayNode();
      recorded.forEach(element -> array.add(clean(element)));
      return array;
    }
    if (recorded.isObject()) {
      ObjectNode object = Client.JSON.createObjectNode();
      recorded
          .properties()
          .forEach(member -> object.set(clean(member.getKey()), clean(member.getValue())));
      return object;
    }
    return recorded;
  }

  private static String clean(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              int type = Character.getType(point);
              boolean hidden =
                  type == Character.CONTROL
                      || type == Character.FORMAT
                      || type == Character.SURROGATE;
              if (hidden && point != '\n') {
                visible.append("\\u%04x".formatted(point));
              } else {
                visible.appendCodePoint(point);
              }
            });
    return visible.toString();
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
