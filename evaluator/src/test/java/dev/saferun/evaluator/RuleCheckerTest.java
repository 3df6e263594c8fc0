package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleCheckerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "action.tol == 'x'                      | 1 | 7  | undefined field 'tol'",
        "context.plann.x == 1                   | 1 | 8  | undefined field 'plann'",
        "run.callz > 3                          | 1 | 4  | undefined field 'callz'",
        "agent.nick == 'x'                      | 1 | 6  | undefined field 'nick'",
        "actions.tool == 'x'                    | 1 | 1  | undeclared reference to 'actions'",
        "action.tool == 5                       | 1 | 13 | no matching overload",
        "run.calls == 'x'                       | 1 | 11 | no matching overload",
        "action.tool.replace('a', 'b') == 'x'   | 1 | 20 | undeclared reference to 'replace'",
        "action.tool ==                         | 1 | 15 | mismatched input",
        "context.plan.ok                        | 1 | 13 | must be true or false",
        "run.calls                              | 1 | 4  | must be true or false",
        "saferun.Agent{name: 'x'} == agent      | 1 | 14 | cannot make a structure",
        "action.tool.matches(context.reasoning) | 1 | 28 | must be a literal",
        "action.tool.matches('(x')              | 1 | 21 | not a regular expression",
        "action.tool.matches('((x{50}){50})')   | 1 | 21 | counted repetitions",
      })
  void refusesWithThePlace(String condition, int line, int column, String message) {
    List<RuleFault> faults = RuleChecker.check(Policies.rule("r", condition, Verdict.DENY));

    assertThat(faults).isNotEmpty();
    assertThat(faults.getFirst().message()).contains(message);
    assertThat(faults.getFirst())
        .extracting(RuleFault::line, RuleFault::column)
        .containsExactly(line, column);
  }

  @Test
  void namesTheLineOfAConditionOfManyLines() {
    List<RuleFault> faults =
        RuleChecker.check(
            Policies.rule("r", "action.tool == 'x' &&\n  run.nothing > 1", Verdict.DENY));

    assertThat(faults).hasSize(1);
    assertThat(faults.getFirst().line()).isEqualTo(2);
    assertThat(faults.getFirst().column()).isEqualTo(6);
  }

  @Test
  void boundsNestedComprehensions() {
    String two = "context.retrieved.exists(a, context.retrieved.exists(b, a == b))";
    String three =
        "context.retrieved.exists(a, context.retrieved.exists(b, context.retrieved.exists(c,"
            + " a == b && b == c)))";

    assertThat(RuleChecker.check(Policies.rule("r", two, Verdict.DENY))).isEmpty();
    assertThat(RuleChecker.check(Policies.rule("r", three, Verdict.DENY)))
        .extracting(RuleFault::message)
        .anyMatch(message -> message.contains("nested more than 2 deep"));
  }

  @Test
  void boundsTheSize() {
    String parts = "run.calls > 1" + " || run.calls > 1".repeat(240);
    String sum = "run.calls" + " + 1".repeat(900) + " > 0";
    String members = "context.plan" + ".a".repeat(1_500) + " == 1";
    String characters = "action.tool == '" + "x".repeat(Limits.CONDITION_CHARACTERS_MAX) + "'";
    String depth = "(".repeat(200) + "true" + ")".repeat(200);
    String regex = "action.tool.matches('" + "x".repeat(Limits.REGEX_CHARACTERS_MAX + 1) + "')";

    for (String condition : List.of(parts, sum, members, characters, depth, regex)) {
      assertThat(RuleChecker.check(Policies.rule("r", condition, Verdict.DENY)))
          .as(condition.substring(0, 20))
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a**", "*a*b*c*d*e*f*g*h*i*", "x\t"})
  void refusesATool(String tool) {
    assertThat(RuleChecker.check(Policies.rule("r", "true", Verdict.DENY, tool))).hasSize(1);
  }

  @Test
  void refusesAllowAndAnEmptyMessage() {
    RuleVersion rule =
        new RuleVersion(
            new UUID(1, 1), "r", 1, "true", Verdict.ALLOW, " ", List.of(), Optional.empty());

    assertThat(RuleChecker.check(rule)).hasSize(2);
  }

  @Test
  void aRuleWithFaultsNeverGetsIntoASnapshot() {
    RuleVersion faulty = Policies.rule("faulty", "run.nothing", Verdict.DENY);

    assertThatThrownBy(() -> Policies.blocking(Policies.rule("good", "true", Verdict.DENY), faulty))
        .isInstanceOfSatisfying(
            UnusableRuleException.class,
            fault -> {
              assertThat(fault.rule()).isEqualTo("faulty");
              assertThat(fault.faults()).isNotEmpty();
            });
  }
}
