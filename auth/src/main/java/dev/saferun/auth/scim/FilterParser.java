package dev.saferun.auth.scim;

import dev.saferun.auth.scim.Filter.Both;
import dev.saferun.auth.scim.Filter.Comparison;
import dev.saferun.auth.scim.Filter.Either;
import dev.saferun.auth.scim.Filter.Not;
import dev.saferun.auth.scim.Filter.Operator;
import dev.saferun.auth.scim.Filter.ValuePath;
import dev.saferun.auth.scim.FilterWords.Word;
import dev.saferun.platform.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses a filter by recursive descent. {@code not} binds closest, then {@code and}, then {@code
 * or}. A value path may have a name behind it, as directories write it: {@code emails[type eq
 * "work"].value eq "a@b.example"}.
 */
final class FilterParser {

  private final List<Word> words;
  private int at;
  private int depth;

  private FilterParser(List<Word> words) {
    this.words = words;
  }

  static Filter parse(String filter) {
    FilterParser parser = new FilterParser(FilterWords.of(filter));
    Filter parsed = parser.either();
    if (parser.at < parser.words.size()) {
      throw malformed("there is more behind its end");
    }
    return parsed;
  }

  /** The path of an operation of a patch (RFC 7644, 3.5.2). */
  static PatchPath parsePath(String text) {
    if (text.length() > ScimLimits.PATH_CHARACTERS_MAX) {
      throw ScimProblem.INVALID_PATH.with(
          "a path has at most " + ScimLimits.PATH_CHARACTERS_MAX + " characters");
    }
    FilterParser parser = new FilterParser(FilterWords.of(text));
    PatchPath path = parser.patchPath();
    if (parser.at < parser.words.size()) {
      throw ScimProblem.INVALID_PATH.with("there is more behind the end of the path");
    }
    return path;
  }

  private PatchPath patchPath() {
    AttributePath path =
        word()
            .flatMap(AttributePath::of)
            .orElseThrow(
                () -> ScimProblem.INVALID_PATH.with("the path must begin with an attribute"));
    if (!takeMark('[')) {
      return new PatchPath(path, null);
    }
    Filter choice = enclosed(']');
    String sub = sub().orElse("");
    return new PatchPath(
        AttributePath.of(path.attribute() + sub)
            .orElseThrow(() -> ScimProblem.INVALID_PATH.with("no attribute has such a part")),
        choice);
  }

  private Filter either() {
    Filter filter = both();
    while (takeWord("or")) {
      filter = new Either(filter, both());
    }
    return filter;
  }

  private Filter both() {
    Filter filter = one();
    while (takeWord("and")) {
      filter = new Both(filter, one());
    }
    return filter;
  }

  private Filter one() {
    if (takeWord("not")) {
      requireMark('(');
      return new Not(enclosed(')'));
    }
    return takeMark('(') ? enclosed(')') : attribute();
  }

  /** What stands behind an opening mark, to the one that closes it. */
  private Filter enclosed(char closing) {
    if (++depth > ScimLimits.FILTER_DEPTH_MAX) {
      throw malformed("it is nested deeper than " + ScimLimits.FILTER_DEPTH_MAX + " levels");
    }
    Filter inner = either();
    requireMark(closing);
    depth--;
    return inner;
  }

  private Filter attribute() {
    AttributePath path = path(plain("it lacks the name of an attribute"));
    if (!takeMark('[')) {
      return comparison(path);
    }
    ValuePath chosen = new ValuePath(path, enclosed(']'));
    return sub().map(sub -> behind(chosen, sub)).orElse(chosen);
  }

  private Filter behind(ValuePath chosen, String sub) {
    return new Both(chosen, comparison(path(chosen.path().attribute() + sub)));
  }

  /** A name behind a bracket, with its dot. */
  private Optional<String> sub() {
    if (at < words.size()
        && words.get(at) instanceof Word.Plain plain
        && plain.text().startsWith(".")) {
      at++;
      return Optional.of(plain.text());
    }
    return Optional.empty();
  }

  private Filter comparison(AttributePath path) {
    Operator operator =
        Operator.of(plain("it lacks an operator"))
            .orElseThrow(() -> malformed("it has an operator that does not exist"));
    return new Comparison(path, operator, operator == Operator.PR ? null : value());
  }

  private @Nullable Object value() {
    if (at < words.size() && words.get(at) instanceof Word.Quoted quoted) {
      at++;
      return quoted.text();
    }
    String plain = plain("it lacks a value");
    return switch (plain.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> null;
      default -> number(plain);
    };
  }

  private static Object number(String plain) {
    if (plain.length() > 15 || !plain.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?")) {
      throw malformed("a text stands in quotes");
    }
    return Double.valueOf(plain);
  }

  private static AttributePath path(String name) {
    return AttributePath.of(name)
        .orElseThrow(() -> malformed("it has a name that no attribute can have"));
  }

  private String plain(String otherwise) {
    return word().orElseThrow(() -> malformed(otherwise));
  }

  private Optional<String> word() {
    if (at < words.size() && words.get(at) instanceof Word.Plain plain) {
      at++;
      return Optional.of(plain.text());
    }
    return Optional.empty();
  }

  private boolean takeWord(String word) {
    boolean there =
        at < words.size()
            && words.get(at) instanceof Word.Plain plain
            && plain.text().equalsIgnoreCase(word);
    at += there ? 1 : 0;
    return there;
  }

  private boolean takeMark(char wanted) {
    boolean there =
        at < words.size() && words.get(at) instanceof Word.Mark mark && mark.mark() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void requireMark(char wanted) {
    if (!takeMark(wanted)) {
      throw malformed("a parenthesis or a bracket is missing");
    }
  }

  private static ProblemException malformed(String why) {
    return ScimProblem.INVALID_FILTER.with("the filter cannot be read: " + why);
  }
}
