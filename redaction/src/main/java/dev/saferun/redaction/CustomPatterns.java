package dev.saferun.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.saferun.platform.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An organization's own patterns, compiled: each finds values of a class that it names. They run on
 * an engine whose time is linear in the text whatever the pattern, so none can hold up a call; what
 * such an engine cannot do is refused where it is written, with what to write instead. So is a
 * pattern that finds ordinary words. Immutable and safe to share between threads.
 */
public final class CustomPatterns {

  /** Patterns in one policy; each costs one more pass over every text. */
  public static final int PATTERNS_MAX = 20;

  /** Characters of one pattern. */
  public static final int EXPRESSION_CHARACTERS_MAX = 500;

  /** Steps of one pattern, counted repetitions written out. */
  public static final int STEPS_MAX = 1_000;

  /** One pattern: what it finds has the class {@code name}. */
  public record CustomPattern(String name, String expression) {}

  /** None at all. */
  public static final CustomPatterns NONE = new CustomPatterns(List.of(), List.of());

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
  private static final Set<String> BUILT_IN = builtIn();

  private record Compiled(String name, Pattern pattern) {}

  private final List<CustomPattern> patterns;
  private final List<Compiled> compiled;

  private CustomPatterns(List<CustomPattern> patterns, List<Compiled> compiled) {
    this.patterns = patterns;
    this.compiled = compiled;
  }

  /**
   * These patterns, where an earlier one has what several claim.
   *
   * @param pointer where their list stands in the policy, such as {@code /patterns}
   * @throws ProblemException with the place and the reason, when one cannot be taken
   */
  public static CustomPatterns of(List<CustomPattern> patterns, String pointer) {
    if (patterns.size() > PATTERNS_MAX) {
      throw invalid("a policy has at most " + PATTERNS_MAX + " patterns of its own", pointer);
    }
    Set<String> names = new HashSet<>();
    List<Compiled> compiled = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      CustomPattern pattern = patterns.get(i);
      String place = pointer + "/" + i;
      checkName(pattern.name(), names, place + "/name");
      compiled.add(new Compiled(pattern.name(), compile(pattern.expression(), place + "/pattern")));
    }
    return new CustomPatterns(List.copyOf(patterns), List.copyOf(compiled));
  }

  /** All of these; where two have the same name, each finds its own. */
  static CustomPatterns union(List<CustomPatterns> several) {
    return new CustomPatterns(
        several.stream().flatMap(one -> one.patterns.stream()).toList(),
        several.stream().flatMap(one -> one.compiled.stream()).toList());
  }

  public List<CustomPattern> patterns() {
    return patterns;
  }

  /** All findings in order; they do not overlap, and none is empty. */
  List<TextScanner.Finding> find(String text) {
    List<TextScanner.Finding> all = List.of();
    for (Compiled own : compiled) {
      List<TextScanner.Finding> found = find(own, text);
      all = all.isEmpty() ? found : Findings.withCustom(found, all);
    }
    return all;
  }

  private static List<TextScanner.Finding> find(Compiled own, String text) {
    Matcher matcher = own.pattern.matcher(text);
    List<TextScanner.Finding> found = new ArrayList<>();
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) {
        found.add(new TextScanner.Finding(own.name, matcher.start(), matcher.end()));
      }
    }
    return found;
  }

  private static void checkName(String name, Set<String> names, String pointer) {
    if (!NAME.matches(name)) {
      throw invalid(
          "a class has 1 to 32 lower-case letters, digits and '_', the first a letter", pointer);
    }
    if (BUILT_IN.contains(name)) {
      throw invalid("'" + name + "' is the class of a built-in detector: choose another", pointer);
    }
    if (!names.add(name)) {
      throw invalid("the class '" + name + "' stands in an earlier pattern too", pointer);
    }
  }

  private static Pattern compile(String expression, String pointer) {
    if (expression.isEmpty() || expression.length() > EXPRESSION_CHARACTERS_MAX) {
      throw invalid(
          "a pattern has 1 to "
              + EXPRESSION_CHARACTERS_MAX
              + " characters, this one has "
              + expression.length(),
          pointer);
    }
    PatternSyntax.refuseUnsupported(expression, pointer);
    if (PatternSyntax.steps(expression) > STEPS_MAX) {
      throw invalid(
          "the counted repetitions of this pattern come to more than "
              + STEPS_MAX
              + " steps: repeat less, or use '+' or '*'",
          pointer);
    }
    Pattern pattern = compiled(expression, pointer);
    if (pattern.matcher("").find()) {
      refuseEmpty("", pointer);
    }
    OrdinaryTexts.refuseOverBroad(pattern, pointer);
    return pattern;
  }

  static void refuseEmpty(String found, String pointer) {
    if (found.isEmpty()) {
      throw invalid(
          "this pattern also matches nothing at all: ask for at least one character", pointer);
    }
  }

  private static Pattern compiled(String expression, String pointer) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException fault) {
      int place = fault.getPattern().isEmpty() ? -1 : expression.indexOf(fault.getPattern());
      String where = place < 0 ? "" : ", at character " + (place + 1);
      throw invalid(
          "this is no regular expression: "
              + fault.getDescription()
              + " '"
              + fault.getPattern()
              + "'"
              + where,
          pointer);
    }
  }

  static ProblemException invalid(String detail, String pointer) {
    return new ProblemException(RedactionProblem.INVALID_REDACTION_POLICY, detail, pointer);
  }

  private static Set<String> builtIn() {
    Set<String> names = new HashSet<>();
    for (Detector detector : Detector.values()) {
      names.add(detector.dataClass());
    }
    return names;
  }
}
