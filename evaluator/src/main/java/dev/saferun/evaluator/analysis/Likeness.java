package dev.saferun.evaluator.analysis;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.engine.ToolPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which rules say what others say already. */
public final class Likeness {

  private final List<ActiveRule> inForce;
  private final Map<String, Shape> shapes = new HashMap<>();

  /**
   * @param inForce all that would be in force together
   */
  public Likeness(List<ActiveRule> inForce) {
    this.inForce = List.copyOf(inForce);
  }

  /** Duplicates and rules that shadow it; of several the first is told. */
  public List<Hint> hints(ActiveRule rule) {
    List<Hint> hints = new ArrayList<>();
    constant(rule.rule()).ifPresent(hints::add);
    inForce.stream()
        .filter(other -> !other.rule().name().equals(rule.rule().name()))
        .map(other -> hint(rule, other))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(hints::add);
    return hints;
  }

  private Optional<Hint> constant(RuleVersion rule) {
    return shape(rule)
        .constant()
        .map(
            always ->
                new Hint(
                    Hint.Kind.CONSTANT,
                    rule.name(),
                    rule.version(),
                    null,
                    always
                        ? "the condition is always true, unless it fails"
                        : "the condition is never true: the rule can only fail"));
  }

  private Optional<Hint> hint(ActiveRule rule, ActiveRule other) {
    if (isTheSame(rule.rule(), other.rule())) {
      return Optional.of(hint(Hint.Kind.DUPLICATE, rule, other, "says the same of the same tools"));
    }
    return isShadowedBy(rule, other)
        ? Optional.of(
            hint(
                Hint.Kind.SHADOWED,
                rule,
                other,
                "speaks wherever this one does, at least as strongly"))
        : Optional.empty();
  }

  private static Hint hint(Hint.Kind kind, ActiveRule rule, ActiveRule other, String says) {
    String name = other.rule().name();
    return new Hint(
        kind, rule.rule().name(), rule.rule().version(), name, "'" + name + "' " + says);
  }

  private boolean isTheSame(RuleVersion rule, RuleVersion other) {
    return new HashSet<>(rule.tools()).equals(new HashSet<>(other.tools()))
        && shape(rule).text().equals(shape(other).text());
  }

  private boolean isShadowedBy(ActiveRule rule, ActiveRule other) {
    return other.state().compareTo(rule.state()) >= 0
        && other.rule().verdict().compareTo(rule.rule().verdict()) >= 0
        && covers(other.rule().tools(), rule.rule().tools())
        && shape(rule.rule()).implies(shape(other.rule()));
  }

  /** Whether every tool of the rule is one of the other's; no tools are all tools. */
  private static boolean covers(List<String> others, List<String> tools) {
    if (others.isEmpty()) {
      return true;
    }
    return !tools.isEmpty()
        && tools.stream()
            .allMatch(
                tool -> others.stream().anyMatch(other -> new ToolPattern(other).covers(tool)));
  }

  private Shape shape(RuleVersion rule) {
    return shapes.computeIfAbsent(rule.condition(), Shape::of);
  }
}
