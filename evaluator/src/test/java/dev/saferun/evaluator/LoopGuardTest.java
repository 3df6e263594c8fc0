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
import java.util.function.IntFunction;
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
    "AABAABAAB,      AAAAAEEED",
    "ABABABAB,       AAAEEDDD",
    "ABCABCABC,      AAAAAEEED",
    "AAAABBBB,       AAFEAAFE",
    "ABCDEFGHABCDEFGHABCDEFGH, AAAAAAAAAAAAAAAEEEEEEEED",
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

  /** The verdicts of a run whose every outcome is reported before the next call. */
  private static String judged(PolicySnapshot policy, Object... callsAndResults) {
    StringBuilder letters = new StringBuilder();
    RunState state = RunState.NEW;
    for (int i = 0; i < callsAndResults.length; i += 2) {
      long frame = state.frame();
      Evaluation evaluation = policy.evaluate((Check) callsAndResults[i], state);
      letters.append(evaluation.decision().verdict().name().charAt(0));
      state = evaluation.after();
      if (evaluation.decision().effect().compareTo(Effect.WAIT_FOR_APPROVAL) < 0) {
        Observation observed =
            callsAndResults[i + 1] instanceof Exception fault
                ? Observation.of(null, String.valueOf(fault.getMessage()))
                : Observation.of(callsAndResults[i + 1], null);
        state = state.observed(frame, observed).at(state.frame() + 1, List.of());
      }
    }
    return letters.toString();
  }

  /** So many calls and results, made from their numbers. */
  private static Object[] series(int calls, IntFunction<Check> call, IntFunction<Object> result) {
    Object[] series = new Object[2 * calls];
    for (int i = 0; i < calls; i++) {
      series[2 * i] = call.apply(i);
      series[2 * i + 1] = result.apply(i);
    }
    return series;
  }

  private static Check search(String query) {
    return Policies.call("search", "{'query':'" + query + "'}");
  }

  @Test
  void aRepeatWhoseResultChangesIsProgressForALongTime() {
    Check poll = Policies.call("job.status", "{'id':7}");

    assertThat(judged(DEFAULTS, series(8, i -> poll, i -> Map.of("state", "queued"))))
        .isEqualTo("AAFEDDDD");
    assertThat(judged(DEFAULTS, series(26, i -> poll, i -> Map.of("percent", (long) i))))
        .isEqualTo("A".repeat(24) + "DD");
  }

  @Test
  void otherWordsWithNothingFoundAreNoProgressAndOtherWordsOfANoteAre() {
    assertThat(judged(DEFAULTS, series(7, i -> search("refund policy " + i), i -> List.of())))
        .isEqualTo("AAAFEDD");
    assertThat(judged(DEFAULTS, series(30, i -> search("note " + i), i -> Map.of("ok", true))))
        .isEqualTo("A".repeat(30));
  }

  @Test
  void otherArgumentsWithOneLargeResultAreNoProgressAndWithASmallOneABatch() {
    IntFunction<Check> open = i -> Policies.call("open", "{'url':'https://x.example/" + i + "'}");

    assertThat(judged(DEFAULTS, series(7, open, i -> "Please sign in. ".repeat(9))))
        .isEqualTo("AAAFEDD");
    assertThat(judged(DEFAULTS, series(60, open, i -> "Please sign in.")))
        .isEqualTo("A".repeat(60));
  }

  @Test
  void aCircleThatTellsNothingNewIsSeenWithinItsSecondRound() {
    IntFunction<Check> call = i -> Policies.call("read", "{'id':" + i % 6 + "}");

    assertThat(judged(DEFAULTS, series(12, call, i -> Map.of("value", (long) (i % 6)))))
        .startsWith("AAAAAAAAFE");
    assertThat(judged(DEFAULTS, series(12, call, i -> Map.of("value", (long) i))))
        .isEqualTo("A".repeat(12));
  }

  @Test
  void thoughtsInBetweenDoNotHideThatNothingIsNew() {
    IntFunction<Check> call =
        i ->
            i % 2 == 0
                ? Policies.call("order.get", "{'id':1}")
                : Policies.call("think", "{'thought':'let me see " + i + "'}");

    assertThat(judged(DEFAULTS, series(12, call, i -> i % 2 == 0 ? Map.of("id", 1L) : "ok")))
        .isEqualTo("AAAAAAFAEADD");
  }

  @Test
  void oneErrorAgainAndAgainIsALoopAndABatchWithBadItemsIsNot() {
    IntFunction<Check> pay = i -> Policies.call("pay", "{'invoice':'inv-" + i + "'}");
    IntFunction<Object> down = i -> new IllegalStateException("HTTP 503 for inv-" + i);

    assertThat(judged(DEFAULTS, series(8, pay, down))).isEqualTo("AAFFEDDD");
    assertThat(judged(DEFAULTS, series(9, pay, i -> i == 0 ? "paid" : down.apply(i))))
        .as("the tool has worked, so these count half")
        .isEqualTo("AAAAAAFFF");
    assertThat(
            judged(
                DEFAULTS,
                series(4, pay, i -> new IllegalStateException(i % 2 == 0 ? "gone" : "busy"))))
        .isEqualTo("AAAA");
  }

  @Test
  void callsOfOneTurnFailTogetherAndCountOnce() {
    RunState state = RunState.NEW;
    long first = state.frame();
    for (int i = 0; i < 4; i++) {
      state = DEFAULTS.after(Policies.call("pay", "{'invoice':" + i + "}"), state);
    }
    for (int i = 0; i < 4; i++) {
      state = state.observed(first + i, Observation.of(null, "a list is wanted"));
    }
    assertThat(DEFAULTS.decide(Policies.call("pay", "{'invoice':[1]}"), state).verdict())
        .isEqualTo(Verdict.ALLOW);
  }

  @Test
  void aLoopThatIsStoppedStopsItsRun() {
    RunState state = RunState.NEW;
    for (Check call : calls("AAAAA").toList()) {
      state = DEFAULTS.after(call, state);
    }
    assertThat(state.stoppedAt()).isEqualTo(5);

    Decision later = DEFAULTS.decide(search("something else"), state);
    assertThat(later.effect()).isEqualTo(Effect.STOP);
    assertThat(later.reasons()).extracting(Reason::kind).containsExactly(Reason.Kind.RUN_STOPPED);
    assertThat(later.reasons().getFirst().details()).isEqualTo(Map.of("stopped_at_frame", 5L));
    assertThat(Policies.guarding("{'stop_run':false}").decide(search("x y"), state).verdict())
        .as("switched off, the run goes on")
        .isEqualTo(Verdict.ALLOW);
  }

  @Test
  void whatIsNotStoppedStopsNoRun() {
    PolicyContent warning =
        new PolicyContent(Mode.WARN, OnError.DENY, List.of(), LoopGuardSettings.DEFAULT);
    RunState warned = RunState.NEW;
    RunState spent = RunState.NEW;
    for (Check call : calls("AAAAAAA").toList()) {
      warned = PolicySnapshot.of(warning).after(call, warned);
    }
    for (Check call : calls("ABCD").toList()) {
      spent = Policies.guarding("{'budgets':{'calls_max':2}}").after(call, spent);
    }
    assertThat(warned.stoppedAt()).isZero();
    assertThat(spent.stoppedAt()).as("a budget is no loop").isZero();
  }

  @Test
  void aToolIsExemptFromWhatItSays() {
    PolicySnapshot polling =
        Policies.guarding("{'tools':{'search':{'exempt':['repeat','cycle','no_progress']}}}");

    assertThat(judged(polling, series(40, i -> search("x"), i -> List.of())))
        .isEqualTo("A".repeat(40));
    assertThat(
            judged(
                polling, series(6, i -> search("x"), i -> new IllegalStateException("no access"))))
        .isEqualTo("AAFFED");
    assertThat(
            judged(
                polling, series(6, i -> Policies.call("other", "{'query':'x'}"), i -> List.of())))
        .isEqualTo("AAFEDD");
  }

  @Test
  void anArgumentThatGrowsIsProgressAndOneThatStandsStillIsNot() {
    PolicySnapshot paging = Policies.guarding("{'tools':{'list':{'grows':'/page'}}}");
    IntFunction<Check> page = i -> Policies.call("list", "{'page':" + i + "}");
    String large = "the same rows ".repeat(20);

    assertThat(judged(paging, series(40, page, i -> large))).isEqualTo("A".repeat(40));
    assertThat(judged(DEFAULTS, series(6, page, i -> large))).isEqualTo("AAAFED");
    assertThat(judged(paging, series(6, i -> page.apply(1), i -> large))).isEqualTo("AAFEDD");
  }

  @Test
  void callsAreFlaggedAndHeldBeforeTheyAreUsedUp() {
    PolicySnapshot policy =
        Policies.guarding("{'budgets':{'calls_flag_at':2,'calls_escalate_at':3,'calls_max':4}}");

    assertThat(letters(verdicts(policy, calls("ABCDE")))).isEqualTo("AFEED");
  }

  private static final PolicySnapshot WINDOWS =
      Policies.guarding(
          """
          {'windows':[
            {'name':'calls','scope':'agent','seconds':60,'flag_at':3,'escalate_at':4,'max':4},
            {'name':'spent','scope':'project','seconds':3600,'tool':'pay','argument':'/amount','max':100}]}
          """);

  @ParameterizedTest
  @CsvSource({"0,ALLOW", "1,ALLOW", "2,FLAG", "3,ESCALATE", "4,DENY"})
  void aWindowIsJudgedByWhatWasReadForTheCall(double used, Verdict verdict) {
    Check call = Policies.call("read", "{}");
    List<WindowReading> readings =
        WINDOWS.uses(call).stream().map(use -> new WindowReading(use, used, true)).toList();
    Decision decision = WINDOWS.decide(call, RunState.NEW.at(1, readings));

    assertThat(readings).hasSize(1);
    assertThat(decision.verdict()).isEqualTo(verdict);
    assertThat(
            RunState.fromJson(
                StrictJson.parseObject(CanonicalJson.write(RunState.NEW.at(1, readings).toJson()))))
        .isEqualTo(RunState.NEW.at(1, readings));
  }

  @Test
  void aWindowCanSumAnArgument() {
    Check call = Policies.call("pay", "{'amount':30}");
    assertThat(WINDOWS.uses(call)).extracting(WindowUse::amount).containsExactly(1.0, 30.0);
    assertThat(WINDOWS.uses(Policies.call("pay", "{'amount':-30}")))
        .extracting(WindowUse::amount)
        .containsExactly(1.0, 0.0);
    List<WindowReading> full = List.of(new WindowReading(WINDOWS.uses(call).get(1), 71, false));

    Decision decision = WINDOWS.decide(call, RunState.NEW.at(1, full));
    assertThat(decision.reasons()).extracting(Reason::kind).containsExactly(Reason.Kind.WINDOW);
    assertThat(decision.reasons().getFirst().details())
        .containsEntry("used", 101.0)
        .containsEntry("whole", false);
    assertThat(WINDOWS.after(call, RunState.NEW.at(1, full)).windows()).isEmpty();
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
        "{'repeat':{'escalate_at':2}}                               | /repeat/escalate_at",
        "{'no_progress':{'warn_at':2}}                              | /no_progress/warn_at",
        "{'error':{'deny_at':65}}                                   | /error/deny_at",
        "{'stop_run':1}                                             | /stop_run",
        "{'tools':{'a':{'exempt':['repeat','loops']}}}              | /tools/a/exempt/1",
        "{'tools':{'a':{'grows':'page'}}}                           | /tools/a/grows",
        "{'windows':[{'name':'w','scope':'team','seconds':1,'max':1}]} | /windows/0/scope",
        "{'windows':[{'name':'w','scope':'run','seconds':0,'max':1}]} | /windows/0/seconds",
        "{'windows':[{'name':'w','scope':'run','seconds':1}]}       | /windows/0/max",
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
