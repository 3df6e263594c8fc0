package dev.saferun.auth.scim;

import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A filter cut into its words. */
final class FilterWords {

  private static final String MARKS = "()[]";

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private int at;

  private FilterWords(String text) {
    this.text = text;
  }

  /** One word of a filter. */
  sealed interface Word {

    /** A name, an operator, a number or one of the words that JSON knows. */
    record Plain(String text) implements Word {}

    /** What stood in quotes. */
    record Quoted(String text) implements Word {}

    /** A parenthesis or a bracket. */
    record Mark(char mark) implements Word {}
  }

  static List<Word> of(String filter) {
    if (filter.length() > ScimLimits.FILTER_CHARACTERS_MAX) {
      throw ScimProblem.INVALID_FILTER.with(
          "a filter has at most " + ScimLimits.FILTER_CHARACTERS_MAX + " characters");
    }
    FilterWords cut = new FilterWords(filter);
    while (cut.skipBlanks()) {
      cut.words.add(cut.next());
    }
    return cut.words;
  }

  private boolean skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length();
  }

  private Word next() {
    char first = text.charAt(at);
    if (MARKS.indexOf(first) >= 0) {
      at++;
      return new Word.Mark(first);
    }
    return first == '"' ? new Word.Quoted(quoted()) : new Word.Plain(plain());
  }

  /** To the quote that no backslash stands before; JSON says what is between. */
  private String quoted() {
    int start = at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw ScimProblem.INVALID_FILTER.with("a quote is opened and not closed");
    }
    return unescaped(text.substring(start, ++at));
  }

  private static String unescaped(String literal) {
    String value = json(literal);
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw ScimProblem.INVALID_FILTER.with("a value holds a control character");
    }
    return value;
  }

  private static String json(String literal) {
    try {
      return String.valueOf(StrictJson.parse(literal.getBytes(StandardCharsets.UTF_8)));
    } catch (ProblemException refused) {
      throw ScimProblem.INVALID_FILTER.with("a value in quotes must be a text of JSON");
    }
  }

  private String plain() {
    int start = at;
    while (at < text.length() && !endsPlain(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean endsPlain(char c) {
    return c == ' ' || c == '"' || MARKS.indexOf(c) >= 0;
  }
}
