package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuleErrorsTest {

  private static final String CONTEXT =
      "{'plan':{'amount':10,'name':'x','none':null,'list':[1]},'user_request':'pay'}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "context.reasoning == 'x'                                   | no_such_field",
        "context.state == 1                                         | no_such_field",
        "action.call_id == 'x'                                      | no_such_field",
        "context.plan.name.first == 'x'                             | no_such_field",
        "context.plan.missing == 1                                  | no_such_key",
        "context.plan['missing'] == 1                               | no_such_key",
        "action.arguments.missing == 1                              | no_such_key",
        "run.sums.missing > 1.0                                     | no_such_key",
        "run.calls_by_tool['x'] > 1                                 | no_such_key",
        "context.plan.list[3] == 1                                  | no_such_key",
        "context.plan.name > 1                                      | type_mismatch",
        "context.plan.none > 1                                      | type_mismatch",
        "context.plan.name && true                                  | type_mismatch",
        "int(context.plan.name) > 1                                 | type_mismatch",
        "context.plan.amount.startsWith('x')                        | type_mismatch",
        "context.plan.amount * 9223372036854775807 > 1              | overflow",
        "context.plan.amount / (context.plan.amount - 10) > 1       | divide_by_zero",
        "context.plan.amount % (context.plan.amount - 10) > 1       | divide_by_zero",
      })
  void namesWhatWentWrong(String condition, String error) {
    Decision decision =
        Policies.blocking(Policies.rule("r", condition, Verdict.FLAG))
            .decide(Policies.check("pay", "{'amount':1}", CONTEXT), RunState.NEW);

    assertThat(decision.reasons()).hasSize(1);
    Reason reason = decision.reasons().getFirst();
    assertThat(reason.kind()).isEqualTo(Reason.Kind.RULE_ERROR);
    assertThat(reason.details()).containsEntry("error", error);
    assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
  }

  @Test
  void aValueOfAnotherTypeThanDeclaredFailsTheRule() {
    Decision decision =
        Policies.blocking(Policies.rule("r", "context.user_request == 'x'", Verdict.FLAG))
            .decide(Policies.check("pay", "{}", "{'user_request':5}"), RunState.NEW);

    assertThat(decision.reasons().getFirst().details()).containsEntry("error", "type_mismatch");
  }

  @Test
  void tooManyRoundsFailTheRule() {
    String list =
        IntStream.range(0, 200).mapToObj(Integer::toString).collect(Collectors.joining(","));
    Decision decision =
        Policies.blocking(
                Policies.rule(
                    "r", "context.plan.all(a, context.plan.all(b, a + b >= 0))", Verdict.FLAG))
            .decide(Policies.check("pay", "{}", "{'plan':[" + list + "]}"), RunState.NEW);

    assertThat(decision.reasons().getFirst().details()).containsEntry("error", "cost_exceeded");
  }

  @Test
  void lookingThroughTooMuchTextFailsTheRule() {
    String passages =
        IntStream.range(0, 90)
            .mapToObj(i -> "{'content':'" + "x".repeat(10_000) + "'}")
            .collect(Collectors.joining(","));
    Decision decision =
        Policies.blocking(
                Policies.rule(
                    "r",
                    "context.retrieved.exists(a,"
                        + " context.retrieved.exists(b, a.content.contains(b.content + 'y')))",
                    Verdict.FLAG))
            .decide(Policies.check("pay", "{}", "{'retrieved':[" + passages + "]}"), RunState.NEW);

    assertThat(decision.reasons().getFirst().details()).containsEntry("error", "cost_exceeded");
  }

  @ParameterizedTest
  @CsvSource({
    "DENY,     , DENY,     STOP",
    "ESCALATE, , ESCALATE, WAIT_FOR_APPROVAL",
    "IGNORE,   , ALLOW,    PROCEED",
    "DENY,     IGNORE,   ALLOW,    PROCEED",
    "IGNORE,   ESCALATE, ESCALATE, WAIT_FOR_APPROVAL",
    "IGNORE,   DENY,     DENY,     STOP",
  })
  void whatAFailureStandsForIsTheRulesOrElseTheEnvironments(
      OnError environment, OnError own, Verdict verdict, Effect effect) {
    RuleVersion rule = Policies.rule("r", "context.plan.missing == 1", Verdict.FLAG);
    PolicyContent content =
        new PolicyContent(
            Mode.BLOCK,
            environment,
            Policies.in(RuleState.BLOCK, own == null ? rule : Policies.onError(rule, own)),
            LoopGuardSettings.DEFAULT);
    Decision decision =
        PolicySnapshot.of(content).decide(Policies.check("pay", "{}", CONTEXT), RunState.NEW);

    assertThat(decision.verdict()).isEqualTo(verdict);
    assertThat(decision.effect()).isEqualTo(effect);
    assertThat(decision.reasons()).as("a fail-open is recorded too").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(OnError.class)
  void aFailureNeverRepeatsACapturedValue(OnError onError) {
    RuleVersion rule =
        Policies.onError(
            Policies.rule("r", "int(context.plan.secret) == 1", Verdict.DENY), onError);
    Decision decision =
        Policies.blocking(rule)
            .decide(Policies.check("pay", "{}", "{'plan':{'secret':'hunter2'}}"), RunState.NEW);

    assertThat(new String(CanonicalJson.write(decision.toJson()), StandardCharsets.UTF_8))
        .contains("type_mismatch")
        .doesNotContain("hunter2");
  }
}
