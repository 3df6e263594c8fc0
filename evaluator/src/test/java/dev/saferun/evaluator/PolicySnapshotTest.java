package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicySnapshotTest {

  private static final Check CALL =
      Policies.check("payments.refund", "{'amount':4500}", "{'plan':{'is_refund':false}}");

  @ParameterizedTest
  @CsvSource({
    "LOG,   ALLOW,    PROCEED",
    "LOG,   FLAG,     PROCEED",
    "LOG,   ESCALATE, PROCEED",
    "LOG,   DENY,     PROCEED",
    "WARN,  ALLOW,    PROCEED",
    "WARN,  FLAG,     PROCEED_WITH_WARNING",
    "WARN,  ESCALATE, PROCEED_WITH_WARNING",
    "WARN,  DENY,     PROCEED_WITH_WARNING",
    "BLOCK, ALLOW,    PROCEED",
    "BLOCK, FLAG,     PROCEED_WITH_WARNING",
    "BLOCK, ESCALATE, WAIT_FOR_APPROVAL",
    "BLOCK, DENY,     STOP",
  })
  void theEffectIsTheVerdictUnderTheMode(Mode mode, Verdict verdict, Effect effect) {
    RuleVersion rule =
        verdict == Verdict.ALLOW
            ? Policies.rule("r", "false", Verdict.DENY)
            : Policies.rule("r", "true", verdict);
    Decision decision = PolicySnapshot.of(Policies.content(mode, rule)).decide(CALL, RunState.NEW);

    assertThat(decision.verdict()).isEqualTo(verdict);
    assertThat(decision.effect()).isEqualTo(effect);
    assertThat(decision.mode()).isEqualTo(mode);
  }

  @Test
  void theStrongestVerdictWinsAndEveryRuleThatHoldsIsNamed() {
    Decision decision =
        Policies.blocking(
                Policies.rule("b-flag", "true", Verdict.FLAG),
                Policies.rule("c-deny", "true", Verdict.DENY),
                Policies.rule("a-flag", "true", Verdict.FLAG),
                Policies.rule("d-silent", "false", Verdict.DENY))
            .decide(CALL, RunState.NEW);

    assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
    assertThat(decision.reasons())
        .extracting(Reason::source)
        .containsExactly("c-deny", "a-flag", "b-flag");
  }

  private static PolicyContent rich(List<RuleVersion> rules) {
    return new PolicyContent(
        Mode.BLOCK,
        OnError.ESCALATE,
        rules.stream().map(rule -> ActiveRule.of(rule, RuleState.BLOCK)).toList(),
        LoopGuardSettings.fromJson(
            Policies.json(
                """
                {'repeat':{'flag_at':2,'deny_at':4},'cycle':{'period_max':4,'deny_at':2},
                 'budgets':{'calls_max':1,'calls_by_tool_max':{'payments.refund':0,'x':9},
                  'sums':[
                   {'name':'b','tool':'payments.refund','argument':'/amount','max':100},
                   {'name':'a','tool':'payments.refund','argument':'/amount','max':99.5}]}}
                """)));
  }

  private static List<RuleVersion> someRules() {
    return List.of(
        Policies.rule("one", "action.arguments.amount > 100", Verdict.DENY),
        Policies.rule("two", "context.plan.missing == 1", Verdict.FLAG),
        Policies.rule("three", "!context.plan.is_refund", Verdict.ESCALATE, "payments.*"),
        Policies.rule("four", "run.calls > 1", Verdict.FLAG, "payments.refund"));
  }

  @Test
  void theSameContentHasTheSameNameInAnyOrder() {
    List<RuleVersion> rules = new ArrayList<>(someRules());
    PolicySnapshot first = PolicySnapshot.of(rich(rules));
    Collections.reverse(rules);

    assertThat(PolicySnapshot.of(rich(rules)).id()).isEqualTo(first.id());
    assertThat(first.id()).matches("sha256:[0-9a-f]{64}");
    assertThat(PolicySnapshot.of(rich(rules.subList(1, 4))).id()).isNotEqualTo(first.id());
  }

  @Test
  void theDecisionIsTheSameBytesWhateverWayTheContentAndTheInputCame() {
    Random random = new Random(20261123);
    byte[] expected = null;
    PolicySnapshot previous = null;
    for (int round = 0; round < 50; round++) {
      List<RuleVersion> rules = new ArrayList<>(someRules());
      Collections.shuffle(rules, random);
      PolicyContent reread =
          PolicyContent.fromJson(StrictJson.parseObject(CanonicalJson.write(rich(rules).toJson())));
      PolicySnapshot snapshot =
          PolicySnapshot.of(
              reread, round % 2 == 0 ? Stream.ofNullable(previous).toList() : List.of());
      Check again =
          new Check(
              CALL.runId(),
              null,
              CALL.agent(),
              reread(CALL.action()),
              reread(CALL.context()),
              null);
      RunState before = RunState.fromJson(reread(snapshot.after(CALL, RunState.NEW).toJson()));
      byte[] decided = CanonicalJson.write(snapshot.decide(again, before).toJson());
      expected = expected == null ? decided : expected;

      assertThat(decided).isEqualTo(expected);
      previous = snapshot;
    }
    assertThat(new String(expected, StandardCharsets.UTF_8))
        .contains("\"kind\":\"budget\"", "\"kind\":\"rule_error\"", "\"kind\":\"rule\"");
  }

  private static Map<String, @Nullable Object> reread(Map<String, @Nullable Object> tree) {
    return StrictJson.parseObject(CanonicalJson.write(tree));
  }

  @Test
  void manyThreadsDecideTheSame() {
    PolicySnapshot snapshot = PolicySnapshot.of(rich(someRules()));
    byte[] expected = CanonicalJson.write(snapshot.decide(CALL, RunState.NEW).toJson());

    assertThat(
            IntStream.range(0, 4_000)
                .parallel()
                .mapToObj(i -> snapshot.decide(CALL, RunState.NEW))
                .filter(decided -> !Arrays.equals(CanonicalJson.write(decided.toJson()), expected)))
        .isEmpty();
  }

  @Test
  void aRuleReadsTheRunWithThisCallIncluded() {
    PolicySnapshot snapshot =
        PolicySnapshot.of(
            rich(
                List.of(
                    Policies.rule(
                        "r",
                        "run.calls == 2 && run.tool_calls == 2 && run.repeat == 2"
                            + " && run.calls_by_tool == {'payments.refund': 2}"
                            + " && run.sums.a == 4500.0",
                        Verdict.FLAG))));
    RunState before = snapshot.after(CALL, RunState.NEW);

    assertThat(before.sums()).as("the first call was stopped and spent nothing").isEmpty();
    assertThat(snapshot.decide(CALL, before).reasons())
        .extracting(Reason::kind)
        .contains(Reason.Kind.RULE);
  }

  @Test
  void aCheckIsLeftAsItWas() {
    byte[] before = CanonicalJson.write(CALL.context());
    PolicySnapshot.of(rich(someRules())).evaluate(CALL, RunState.NEW);

    assertThat(CanonicalJson.write(CALL.context())).isEqualTo(before);
  }

  @Test
  void tenThousandRulesOfOtherToolsAreNotEvaluated() {
    List<RuleVersion> rules = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      // Each would fail and deny if it were asked.
      rules.add(
          Policies.rule(
              "r" + i, "context.plan.missing == 1", Verdict.DENY, "tool-" + i + ".*", "x" + i));
    }
    rules.add(Policies.rule("mine", "true", Verdict.FLAG, "payments.refund"));
    PolicySnapshot snapshot =
        PolicySnapshot.of(Policies.content(Mode.BLOCK, rules.toArray(RuleVersion[]::new)));

    assertThat(snapshot.decide(CALL, RunState.NEW).reasons())
        .extracting(Reason::source)
        .containsExactly("mine");
    assertThat(snapshot.decide(Policies.call("tool-17.read", "{}"), RunState.NEW).reasons())
        .extracting(Reason::source)
        .containsExactly("r17");
    assertThat(snapshot.decide(Policies.call("x42", "{}"), RunState.NEW).reasons())
        .extracting(Reason::source)
        .containsExactly("r42");
    assertThat(snapshot.decide(Policies.call("y", "{}"), RunState.NEW).reasons()).isEmpty();
  }

  @Test
  void moreToolNamesThanAreRememberedStillFindTheirRules() {
    PolicySnapshot snapshot =
        Policies.blocking(
            Policies.rule("even", "true", Verdict.DENY, "*0", "*2", "*4", "*6", "*8"));
    for (int i = 0; i < Limits.TOOLS_REMEMBERED_MAX + 100; i++) {
      Verdict expected = i % 2 == 0 ? Verdict.DENY : Verdict.ALLOW;
      assertThat(snapshot.decide(Policies.call("tool-" + i, "{}"), RunState.NEW).verdict())
          .isEqualTo(expected);
    }
  }
}
