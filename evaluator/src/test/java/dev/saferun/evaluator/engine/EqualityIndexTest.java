package dev.saferun.evaluator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Policies;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.tenancy.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that are grouped by the value that they ask for decide as they would one by one. */
class EqualityIndexTest {

  /** A condition is grouped where four have the same path. */
  private static final List<String> CONDITIONS =
      List.of(
          "action.arguments.to == 'a'",
          "action.arguments.to == 'a' && action.arguments.amount > 5",
          "action.arguments.to == 'b' && context.plan.missing == 1",
          "'b' == action.arguments.to",
          "action.arguments.to in ['a', 'c', 'a']",
          "action.arguments.to == 1",
          "action.arguments.to in [1.0, 2]",
          "action.arguments.to == 1.5",
          "action.arguments.to == true",
          "action.arguments.to == null",
          "action.arguments.to == 'z' || action.arguments.amount == 7",
          "action.arguments.to != 'a'");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'to':'a','amount':7}",
        "{'to':'a','amount':'x'}",
        "{'to':'b'}",
        "{'to':'c','amount':1}",
        "{'to':1}",
        "{'to':1.0}",
        "{'to':2}",
        "{'to':1.5}",
        "{'to':true}",
        "{'to':null}",
        "{'to':['a']}",
        "{'to':{'a':1}}",
        "{'to':9007199254740991}",
        "{'to':-0.0}",
        "{}"
      })
  void decideAsEachAlone(String arguments) {
    Check check = Policies.call("pay", arguments);
    List<RuleVersion> rules = new ArrayList<>();
    for (int i = 0; i < CONDITIONS.size(); i++) {
      rules.add(Policies.rule("r" + i, CONDITIONS.get(i), Verdict.DENY, "pay"));
    }

    Decision together = decide(check, rules.toArray(RuleVersion[]::new));

    List<Map<String, Object>> apart =
        rules.stream().flatMap(rule -> reasons(decide(check, rule))).toList();
    assertThat(reasons(together).toList()).containsExactlyInAnyOrderElementsOf(apart);
  }

  @Test
  void onlyAnEqualityThatComesFirstAndDecidesIsOne() {
    assertThat(first("action.arguments.to == 'a' && run.calls > 1")).isPresent();
    assertThat(first("'a' == action.arguments.to")).isPresent();
    assertThat(first("action.tool in ['a', 'b']")).isPresent();
    assertThat(first("run.calls > 1 && action.arguments.to == 'a'")).isEmpty();
    assertThat(first("action.arguments.to == 'a' || run.calls > 1")).isEmpty();
    assertThat(first("action.arguments.to == action.arguments.from")).isEmpty();
    assertThat(first("!(action.arguments.to == 'a')")).isEmpty();
    assertThat(first("'a' in action.arguments.to")).isEmpty();
    assertThat(first("context.retrieved.exists(p, p.source == 'a')")).isEmpty();
  }

  private static Optional<Equality> first(String condition) {
    return Language.compile(condition) instanceof Language.Result.Compiled compiled
        ? compiled.condition().first()
        : Optional.empty();
  }

  private static Decision decide(Check check, RuleVersion... rules) {
    return PolicySnapshot.of(Policies.content(Mode.BLOCK, rules)).decide(check, RunState.NEW);
  }

  @SuppressWarnings("unchecked")
  private static Stream<Map<String, Object>> reasons(Decision decision) {
    return decision.reasons().stream()
        .map(Reason::toJson)
        .map(json -> (Map<String, Object>) (Map<String, ?>) json);
  }
}
