package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopGuardTest {

  private static final PolicySnapshot DEFAULTS = Policies.guarding("{}");

  /** The verdicts of a run, call by call. */
  private static List<Verdict> verdicts(PolicySnapshot policy, Stream<Check> calls) {
    List<Verdict> verdicts = new ArrayList<>();
    RunState[] state = {RunState.NEW};
    calls.forEach(
        call -> {
          Evaluation evaluation = policy.evaluate(call, state[0]);
          verdicts.add(evaluation.decision().verdict());
          state[0] = evaluation.after();
        });
    return verdicts;
  }

  private static Stream<Check> calls(String names) {
    return names.chars().mapToObj(c -> Policies.call("search", "{'query':'" + (char) c + "'}"));
  }

  private static String letters(List<Verdict> verdicts) {
    return String.join(
        "", verdicts.stream().map(verdict -> verdict.name().substring(0, 1)).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "AAAAAAA,        AAFEDDD",
    "AABAABAAB,      AAAAAFFFD",
    "ABABABAB,       AAAFFDDD",
    "ABCABCABC,      AAAAAFFFD",
    "AAAABBBB,       AAFEAAFE",
    "ABCDEFGHABCDEFGHABCDEFGH, AAAAAAAAAAAAAAAFFFFFFFFD",
    "ABCDEFGHIABCDEFGHIABCDEFGHI, AAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "ABCABDABE,      AAAAAAAAA",
  })
  void stopsRepeatsAndCircles(String calls, String verdicts) {
    assertThat(letters(verdicts(DEFAULTS, calls(calls)))).isEqualTo(verdicts);
  }

  @Test
  void namesTheCircle() {
    RunState state = RunState.NEW;
    for (Check call : calls("XYABABA").toList()) {
      state = DEFAULTS.after(call, state);
    }
    Decision last = DEFAULTS.decide(calls("B").toList().getFirst(), state);

    assertThat(last.effect()).isEqualTo(Effect.STOP);
    assertThat(last.reasons()).extracting(Reason::kind).containsExactly(Reason.Kind.LOOP_CYCLE);
    assertThat(last.reasons().getFirst().details())
        .containsEntry("period", 2L)
        .containsEntry("rounds", 3L);
  }

  @Test
  void aLongBatchOverDifferentArgumentsIsNotALoop() {
    Stream<Check> batch =
        IntStream.range(0, 1_000)
            .boxed()
            .flatMap(
                i ->
                    Stream.of(
                        Policies.call("invoice.read", "{'id':" + i + "}"),
                        Policies.call("invoice.send", "{'id':" + i + ",'copy':true}")));

    assertThat(verdicts(DEFAULTS, batch)).hasSize(2_000).containsOnly(Verdict.ALLOW);
  }

  @Test
  void theOrderOfArgumentsDoesNotHideARepeatAndTheToolCounts() {
    Stream<Check> same =
        Stream.of(
            Policies.call("t", "{'a':1,'b':2.0}"),
            Policies.call("t", "{'b':2,'a':1.0}"),
            Policies.call("t", "{ 'a' : 1, 'b' : 2 }"));
    Stream<Check> other =
        Stream.of(
            Policies.call("t", "{'a':1}"),
            Policies.call("u", "{'a':1}"),
            Policies.call("v", "{'a':1}"));

    assertThat(letters(verdicts(DEFAULTS, same))).isEqualTo("AAF");
    assertThat(letters(verdicts(DEFAULTS, other))).isEqualTo("AAA");
  }

  @Test
  void callsAreBudgeted() {
    PolicySnapshot policy = Policies.guarding("{'budgets':{'calls_max':3}}");

    assertThat(letters(verdicts(policy, calls("ABCDE")))).isEqualTo("AAADD");
  }

  @Test
  void callsOfOneToolAreBudgeted() {
    PolicySnapshot policy =
        Policies.guarding("{'budgets':{'calls_by_tool_max':{'mail.send':1,'never':0}}}");
    Stream<Check> calls =
        Stream.of("mail.send", "search", "mail.send", "never")
            .map(tool -> Policies.call(tool, "{'to':'" + tool + "'}"));

    assertThat(letters(verdicts(policy, calls))).isEqualTo("AADD");
  }

  private static final PolicySnapshot REFUNDS =
      Policies.guarding(
          """
          {'budgets':{'sums':[{'name':'refunds','tool':'refund','argument':'/payment/amount','max':100}]}}
          """);

  private static Check refund(String amount) {
    return Policies.call("refund", "{'payment':{'amount':" + amount + "}}");
  }

  @Test
  void aSumIsBudgetedAndAStoppedCallSpendsNothing() {
    Stream<Check> calls = Stream.of("60", "50.5", "40", "0.01").map(LoopGuardTest::refund);

    assertThat(letters(verdicts(REFUNDS, calls))).isEqualTo("ADAD");
  }

  @Test
  void whatCannotBeAddedIsCountedApart() {
    RunState state = RunState.NEW;
    for (Check call :
        List.of(
            refund("'60'"),
            refund("null"),
            refund("-1000"),
            Policies.call("refund", "{'amount':50}"),
            Policies.call("other", "{'payment':{'amount':50}}"),
            refund("90"))) {
      state = REFUNDS.after(call, state);
    }
    assertThat(state.sums()).isEqualTo(Map.of("refunds", 90.0));
    assertThat(state.uncounted()).isEqualTo(Map.of("refunds", 4L));

    Decision decision = REFUNDS.decide(refund("11"), state);
    assertThat(decision.reasons().getFirst().kind()).isEqualTo(Reason.Kind.BUDGET);
    assertThat(decision.reasons().getFirst().details())
        .isEqualTo(Map.of("budget", "refunds", "sum", 101.0, "max", 100.0, "uncounted", 4L));
  }

  @Test
  void aSumThatIsTooLargeForADoubleStaysANumber() {
    PolicySnapshot policy =
        PolicySnapshot.of(
            new PolicyContent(Mode.LOG, OnError.DENY, List.of(), REFUNDS.content().loopGuard()));
    RunState state = policy.after(refund("1.7e308"), RunState.NEW);
    Evaluation evaluation = policy.evaluate(refund("1.7e308"), state);

    assertThat(evaluation.after().sums()).isEqualTo(Map.of("refunds", Double.MAX_VALUE));
    assertThat(CanonicalJson.write(evaluation.decision().toJson())).isNotEmpty();
  }

  @Test
  void theStateIsBounded() {
    RunState state = RunState.NEW;
    for (int i = 0; i < 400; i++) {
      state = DEFAULTS.after(Policies.call("tool-" + i, "{}"), state);
    }
    assertThat(state.calls()).isEqualTo(400);
    assertThat(state.recent())
        .satisfies(recent -> assertThat(recent.size()).isEqualTo(RecentCalls.CALLS_MAX));
    assertThat(state.callsByTool().toMap()).hasSize(Limits.TOOLS_COUNTED_MAX);
    assertThat(state.whole()).as("some tools are not counted one by one").isFalse();
  }

  @Test
  void theStateSurvivesItsJson() {
    RunState state = RunState.NEW;
    for (Check call : List.of(refund("60"), refund("'x'"), refund("5.5"))) {
      state = REFUNDS.after(call, state);
    }
    byte[] bytes = CanonicalJson.write(state.toJson());

    assertThat(RunState.fromJson(StrictJson.parseObject(bytes))).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'repeats':{}}                                             | /repeats",
        "{'repeat':{'flag_at':1}}                                   | /repeat/flag_at",
        "{'repeat':{'flag_at':4,'deny_at':3}}                       | /repeat/deny_at",
        "{'repeat':{'flag_at':'3'}}                                 | /repeat/flag_at",
        "{'repeat':[]}                                              | /repeat",
        "{'cycle':{'period_max':17}}                                | /cycle/period_max",
        "{'cycle':{'period_max':16,'deny_at':5}}                    | /cycle/deny_at",
        "{'budgets':{'calls_max':-1}}                               | /budgets/calls_max",
        "{'budgets':{'calls_by_tool_max':{'a/b':1.5}}}              | /budgets/calls_by_tool_max/a~1b",
        "{'budgets':{'sums':[5]}}                                   | /budgets/sums/0",
        "{'budgets':{'sums':[{'name':'a','tool':'t','argument':'x','max':1}]}} | /budgets/sums/0/argument",
        "{'budgets':{'sums':[{'name':'a','tool':'t','argument':'/x','max':1},"
            + "{'name':'a','tool':'t','argument':'/y','max':1}]}}   | /budgets/sums/1/name",
      })
  void settingsThatDoNotFitAreRefusedWithTheirPlace(String settings, String pointer) {
    assertThatThrownBy(() -> LoopGuardSettings.fromJson(Policies.json(settings)))
        .isInstanceOfSatisfying(
            ProblemException.class, fault -> assertThat(fault.pointer()).isEqualTo(pointer));
  }

  @Test
  void nothingSaidMeansTheDefaults() {
    assertThat(LoopGuardSettings.fromJson(Map.of())).isEqualTo(LoopGuardSettings.DEFAULT);
    assertThat(LoopGuardSettings.fromJson(reread(LoopGuardSettings.DEFAULT)))
        .isEqualTo(LoopGuardSettings.DEFAULT);
  }

  private static Map<String, @Nullable Object> reread(LoopGuardSettings settings) {
    return StrictJson.parseObject(CanonicalJson.write(settings.toJson()));
  }
}
