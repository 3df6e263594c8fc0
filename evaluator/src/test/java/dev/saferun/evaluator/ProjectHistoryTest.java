package dev.saferun.evaluator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.IntentSignal.Kind;
import dev.saferun.platform.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is new and what is usual in a project, by generated histories. */
class ProjectHistoryTest {

  private static final List<String> RECIPIENTS =
      List.of("ana@northwind.example", "bo@northwind.example", "Cy <cy@northwind.example>");

  private final ProjectHistory history = new ProjectHistory(true);

  @Test
  void aRecipientThatAHundredCallsNeverHadIsToldWithTheirCount() {
    mails(100);

    IntentReading reading = read("mail.send", "{'to':['bo@northwind.example','eve@evil.example']}");

    assertThat(signals(reading, Kind.NOVEL_VALUE))
        .containsExactly(
            new IntentSignal(
                Kind.NOVEL_VALUE,
                1 - 10 / 101.0,
                "/to/1",
                null,
                new Earlier(100, RECIPIENTS.size())));
    assertThat(reading.features().get(Feature.NOVEL_VALUE)).isGreaterThan(0.85);
  }

  @Test
  void aRecipientThatItHadIsNot() {
    mails(100);

    assertThat(unusual(read("mail.send", "{'to':['CY cy@northwind.example']}"))).isEmpty();
  }

  @Test
  void nothingIsToldOfFewCalls() {
    mails(29);

    assertThat(unusual(read("mail.send", "{'to':['eve@evil.example']}"))).isEmpty();
  }

  @Test
  void idsThatAreNewEachTimeAreNotTold() {
    for (int i = 0; i < 100; i++) {
      add("orders.get", "{'id':'ord_" + i + "','note':'it is number " + i + "'}");
    }

    assertThat(unusual(read("orders.get", "{'id':'ord_555','note':'it is number 555'}"))).isEmpty();
  }

  @Test
  void aFewNewOnesAmongManyMakeANewOneWeaker() {
    mails(200);
    double before = strength(read("mail.send", "{'to':['eve@evil.example']}"), Kind.NOVEL_VALUE);
    for (int i = 0; i < 8; i++) {
      add("mail.send", "{'to':['customer" + i + "@shop.example']}");
    }

    double after = strength(read("mail.send", "{'to':['eve@evil.example']}"), Kind.NOVEL_VALUE);

    assertThat(before).isGreaterThan(0.9);
    assertThat(after).isBetween(0.4, 0.7);
  }

  @Test
  void aFlagThatWasNeverSetIsToldAsAnyValue() {
    for (int i = 0; i < 60; i++) {
      add("repo.push", "{'force':false}");
    }

    assertThat(unusual(read("repo.push", "{'force':true}"))).containsExactly(Kind.NOVEL_VALUE);
    assertThat(unusual(read("repo.push", "{'force':false}"))).isEmpty();
  }

  @Test
  void aCallNeverSeesItself() {
    mails(100);

    for (int i = 0; i < 3; i++) {
      assertThat(unusual(read("mail.send", "{'to':['eve@evil.example']}"))).isNotEmpty();
    }
    add("mail.send", "{'to':['eve@evil.example']}");
    assertThat(unusual(read("mail.send", "{'to':['eve@evil.example']}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5, 0, 0", "95, 0, 0", "200, 0, 0", "1000, 0.2, 0.9", "100000, 1, 1", "-9000, 0, 0"})
  void onlyALargerAmountIsUnusual(String amount, double least, double most) {
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      add("pay", "{'amount':" + (10 + random.nextInt(90)) + "}");
    }

    assertThat(strength(read("pay", "{'amount':" + amount + "}"), Kind.UNUSUAL_AMOUNT))
        .isBetween(least, most);
  }

  @Test
  void amountsOfTwoSizesAreBothUsual() {
    for (int i = 0; i < 100; i++) {
      add("pay", "{'amount':" + (i % 4 == 0 ? "9000" : "'12.50'") + "}");
    }

    assertThat(unusual(read("pay", "{'amount':9100}"))).doesNotContain(Kind.UNUSUAL_AMOUNT);
  }

  @Test
  void aToolThatManyCallsNeverHadIsTold() {
    mails(199);
    assertThat(unusual(read("db.drop", "{}"))).isEmpty();
    mails(1);

    IntentReading reading = read("db.drop", "{}");

    assertThat(unusual(reading)).containsExactly(Kind.NOVEL_TOOL);
    assertThat(reading.signals().getLast().earlier()).isEqualTo(new Earlier(200, 1));
  }

  @Test
  void aToolThatManyNewToolsCameBeforeIsNot() {
    mails(200);
    for (int i = 0; i < 30; i++) {
      add("tool" + i, "{}");
    }

    assertThat(unusual(read("db.drop", "{}"))).isEmpty();
  }

  @Test
  void whatAnArgumentNearlyAlwaysHadIsAConstantOfTheTool() {
    String region = "{'region':'eu.west.3','job':'%s'}";
    double before = from(read("start", region.formatted("job_12345")));
    for (int i = 0; i < 40; i++) {
      add("start", region.formatted("job_" + i));
    }

    IntentReading reading = read("start", region.formatted("job_12345"));

    assertThat(reading.origins())
        .filteredOn(origin -> origin.argument().equals("/region"))
        .containsExactly(new ArgumentOrigin("/region", Origin.CONSTANT, "usual", null));
    assertThat(reading.origin("/job")).contains(Origin.NOWHERE);
    assertThat(from(reading)).isLessThan(before);
  }

  private static double from(IntentReading reading) {
    return reading.signals().stream().filter(one -> one.kind() == Kind.FROM_NOWHERE).count();
  }

  @Test
  void allThatIsUnusualTogetherFlagsNothing() {
    Map<Feature, Double> all =
        Map.of(
            Feature.NOVEL_TOOL,
            1.0,
            Feature.NOVEL_VALUE,
            1.0,
            Feature.UNUSUAL_AMOUNT,
            1.0,
            Feature.VALUE_FROM_NOWHERE,
            1.0);

    double score = IntentSettings.STANDARD.model().score(all);

    assertThat(IntentThresholds.STANDARD.verdict(score)).isEqualTo(Verdict.ALLOW);
    assertThat(score).isGreaterThan(IntentSettings.STANDARD.model().score(Map.of()));
  }

  @Test
  void untilItIsWholeItTellsNothing() {
    ProjectHistory beginning = new ProjectHistory(false);
    for (int i = 0; i < 100; i++) {
      beginning.addEarlier(call("mail.send", "{'to':['bo@northwind.example']}"), null);
    }
    assertThat(unusual(read(beginning, "mail.send", "{'to':['eve@evil.example']}"))).isEmpty();

    beginning.setWhole();

    assertThat(unusual(read(beginning, "mail.send", "{'to':['eve@evil.example']}")))
        .containsExactly(Kind.NOVEL_VALUE);
  }

  @Test
  void whatRedactionHidMayHaveBeenAnyValue() {
    for (int i = 0; i < 60; i++) {
      Object to = i % 4 == 0 ? Unknown.VALUE : "bo@northwind.example";
      history.addEarlier(call("mail.send", Map.of("to", to)), null);
    }
    assertThat(unusual(read("mail.send", "{'to':'eve@evil.example'}"))).isEmpty();

    for (int i = 0; i < 400; i++) {
      add("mail.send", "{'to':'bo@northwind.example'}");
    }

    assertThat(unusual(read("mail.send", "{'to':'eve@evil.example'}")))
        .containsExactly(Kind.NOVEL_VALUE);
  }

  @Test
  void onlyTheNewestValuesCountHoweverLongTheHistoryIs() {
    add("pay", "{'to':'old'}");
    for (int i = 0; i < 3 * HistoryLimits.VALUES_MAX; i++) {
      add("pay", "{'to':'new'}");
    }

    IntentReading reading = read("pay", "{'to':'old'}");

    assertThat(reading.signals().getLast().earlier())
        .isEqualTo(new Earlier(HistoryLimits.VALUES_MAX, 1));
  }

  @Test
  void earlierCallsFillTheRoomThatNewerOnesLeave() {
    for (int i = 0; i < HistoryLimits.VALUES_MAX - 1; i++) {
      add("pay", "{'to':'new'}");
    }
    history.addEarlier(call("pay", "{'to':'older'}"), null);
    history.addEarlier(call("pay", "{'to':'oldest'}"), null);
    assertThat(unusual(read("pay", "{'to':'older'}"))).isEmpty();
    assertThat(unusual(read("pay", "{'to':'oldest'}"))).containsExactly(Kind.NOVEL_VALUE);

    add("pay", "{'to':'new'}");

    assertThat(unusual(read("pay", "{'to':'older'}"))).containsExactly(Kind.NOVEL_VALUE);
  }

  @Test
  void whatIsForgottenIsNotCalledNew() {
    for (int i = 0; i < 2_000; i++) {
      add("mail.send", "{'to':'bo'}");
    }
    for (int i = 0; i <= HistoryLimits.TOOLS_MAX; i++) {
      add("tool" + i, "{'a" + i + "':1}");
      add("tool" + i, "{'b" + i + "':1}");
    }

    assertThat(unusual(read("tool0", "{}"))).isEmpty();
    assertThat(unusual(read("never", "{}"))).isEmpty();
  }

  @Test
  void argumentsBeyondTheLimitAreNotRemembered() {
    StringBuilder many = new StringBuilder("{'a0':'x'");
    for (int i = 1; i <= HistoryLimits.ARGUMENTS_MAX; i++) {
      many.append(",'a").append(i).append("':'x'");
    }
    for (int i = 0; i < 60; i++) {
      add("wide", many + "}");
    }

    assertThat(unusual(read("wide", "{'a0':'y'}"))).containsExactly(Kind.NOVEL_VALUE);
    assertThat(unusual(read("wide", "{'a" + HistoryLimits.ARGUMENTS_MAX + "':'y'}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'status':'deleted','id':7}         | DESTROYS_UNASKED",
        "'Record 7 was removed.'             | DESTROYS_UNASKED",
        "{'deleted':true}                    | DESTROYS_UNASKED",
        "{'deleted':false,'state':'fetched'} | READS",
        "{'rows':[1,2]}                      | ",
        "'updated'                           | ",
      })
  void answersTellWhatAToolDoesOnceFiveAgree(String result, Feature feature) {
    for (int i = 0; i < 4; i++) {
      answered("zap", result);
    }
    assertThat(read("zap", "{}").features()).doesNotContainKey(Feature.READS);
    assertThat(read("zap", "{}").features()).doesNotContainKey(Feature.DESTROYS_UNASKED);

    answered("zap", result);

    IntentReading reading = read("zap", "{}");
    if (feature == null) {
      assertThat(reading.features()).doesNotContainKey(Feature.READS);
      assertThat(reading.features()).doesNotContainKey(Feature.DESTROYS_UNASKED);
    } else {
      assertThat(reading.features()).containsEntry(feature, 1.0);
    }
  }

  @Test
  void answersThatDisagreeTellNothing() {
    for (int i = 0; i < 5; i++) {
      answered("zap", "'deleted'");
      answered("zap", "{'rows':[]}");
    }

    assertThat(read("zap", "{}").features()).doesNotContainKey(Feature.DESTROYS_UNASKED);
  }

  @Test
  void theAnswerToACallThatWasNotAddedTeachesNothing() {
    for (int i = 0; i < 20; i++) {
      history.answered(new UUID(0, i), "deleted");
    }
    add("zap", "{}");

    assertThat(read("zap", "{}").features()).doesNotContainKey(Feature.DESTROYS_UNASKED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void manyThreadsLeaveTheCountsRight(int seed) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> done = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        done.add(threads.submit(many(new Random(seed + thread))));
      }
      int calls = 0;
      for (Future<Integer> one : done) {
        calls += one.get();
      }
      IntentReading reading = read("never", "{}");
      assertThat(reading.signals().getLast().earlier()).isEqualTo(new Earlier(calls, 3));
    }
  }

  private Callable<Integer> many(Random random) {
    return () -> {
      for (int i = 0; i < 2_000; i++) {
        int tool = random.nextInt(3);
        read("t" + tool, "{'x':" + random.nextInt(20) + "}");
        answered("t" + tool, "'sent'");
      }
      return 2_000;
    };
  }

  private void mails(int count) {
    for (int i = 0; i < count; i++) {
      add("mail.send", "{'to':['" + RECIPIENTS.get(i % RECIPIENTS.size()) + "']}");
    }
  }

  private void add(String tool, String arguments) {
    history.add(call(tool, arguments), UUID.randomUUID());
  }

  private void answered(String tool, String result) {
    UUID decision = UUID.randomUUID();
    history.add(call(tool, "{}"), decision);
    history.answered(decision, StrictJson.parse(result.replace('\'', '"').getBytes(UTF_8)));
  }

  private IntentReading read(String tool, String arguments) {
    return read(history, tool, arguments);
  }

  private static IntentReading read(ProjectHistory history, String tool, String arguments) {
    return new RunTexts(true).read(call(tool, arguments), 1, null, history, IntentDeadline.NONE);
  }

  private static List<IntentSignal> signals(IntentReading reading, Kind kind) {
    return reading.signals().stream().filter(signal -> signal.kind() == kind).toList();
  }

  private static double strength(IntentReading reading, Kind kind) {
    return signals(reading, kind).stream().mapToDouble(IntentSignal::strength).sum();
  }

  private static List<Kind> unusual(IntentReading reading) {
    return reading.signals().stream()
        .filter(signal -> signal.earlier() != null)
        .map(IntentSignal::kind)
        .toList();
  }

  private static Check call(String tool, String arguments) {
    return call(tool, StrictJson.parseObject(arguments.replace('\'', '"').getBytes(UTF_8)));
  }

  private static Check call(String tool, Map<String, ?> arguments) {
    return new Check(
        "run", null, Map.of(), Map.of("tool", tool, "arguments", arguments), Map.of(), null);
  }
}
