package dev.saferun.audit.format;

import org.jspecify.annotations.Nullable;

/** A text as one cell that no program takes for a formula, and no line ends in. */
final class CsvCell {

  /**
   * What makes a spreadsheet run a cell, by OWASP's list; the full-width forms are the same to some
   * of them.
   */
  private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

  private CsvCell() {}

  static String of(@Nullable String text) {
    return text == null ? "" : written(text);
  }

  private static String written(String text) {
    String cell = isFormula(text) ? "'" + visible(text) : visible(text);
    return mustBeQuoted(cell) ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  private static boolean isFormula(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
  }

  private static boolean mustBeQuoted(String cell) {
    return cell.chars().anyMatch(c -> c == '"' || c == ',' || c == ' ' || c == ';');
  }

  /** Control characters as in JSON: many readers of CSV end a line within quotes, too. */
  private static String visible(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.chars().forEach(c -> append(visible, (char) c));
    return visible.toString();
  }

  private static void append(StringBuilder visible, char c) {
    switch (c) {
      case '\n' -> visible.append("\\n");
      case '\r' -> visible.append("\\r");
      case '\t' -> visible.append("\\t");
      default -> {
        if (Character.isISOControl(c)) {
          visible.append(String.format("\\u%04x", (int) c));
        } else {
          visible.append(c);
        }
      }
    }
  }
}
