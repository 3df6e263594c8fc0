package dev.saferun.evaluator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.BacktestEvidence.Finding;
import dev.saferun.evaluator.FakeBacktests;
import dev.saferun.evaluator.RunningEvaluator;
import dev.saferun.evaluator.RunningEvaluator.Answer;
import dev.saferun.platform.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a draft to a rule that stops, and back. */
class ActivationIT {

  private static final String RULES = "/v1/projects/shop/rules/";
  private static final String BECAUSE = ",'override':{'reason':'the test says so'}";

  private final RunningEvaluator running = RunningEvaluator.get();
  private final Actor admin = running.newOrganization();

  @Test
  void aDraftIsInForceNowhere() throws Exception {
    put("refunds", "payments.refund");

    assertThat(effect("production", "payments.refund")).isEqualTo("proceed");
    assertThat(running.send(admin, "GET", RULES + "refunds", "").at("in_force"))
        .isEqualTo(List.of());
    assertThat(running.send(admin, "GET", activations("production"), "").tag()).isEqualTo("\"0\"");
  }

  @Test
  void aRuleGoesFromShadowToWarnToBlockAndOut() throws Exception {
    put("refunds", "payments.refund");

    Answer first = activate("production", line("refunds", "shadow"), "");
    assertThat(first.status()).as("%s", first).isEqualTo(201);
    assertThat(first.tag()).isEqualTo("\"1\"");
    assertThat(first.body()).containsEntry("number", 1L).containsEntry("author", "ada");
    assertThat(first.at("rules"))
        .isEqualTo(List.of(Map.of("rule", "refunds", "version", 1L, "state", "shadow")));
    assertThat(check("production", "payments.refund"))
        .containsEntry("verdict", "allow")
        .containsEntry("policy_snapshot", first.at("policy_snapshot"));
    activate("production", line("refunds", "warn"), "");
    assertThat(effect("production", "payments.refund")).isEqualTo("proceed_with_warning");
    activate("production", line("refunds", "block"), BECAUSE);
    assertThat(effect("production", "payments.refund")).isEqualTo("stop");
    assertThat(running.send(admin, "GET", RULES + "refunds", "").at("in_force"))
        .isEqualTo(List.of(Map.of("environment", "production", "version", 1L, "state", "block")));
    activate("production", line("refunds", "draft"), "");
    assertThat(effect("production", "payments.refund")).isEqualTo("proceed");
    assertThat(audited())
        .containsExactly(
            "rule.created", "rule.activated", "rule.activated", "rule.activated", "rule.activated");
  }

  @Test
  void aNewVersionLeavesTheOldOneInForce() throws Exception {
    put("refunds", "payments.refund");
    activate("production", line("refunds", "block"), BECAUSE);
    put("refunds", "payments.void");

    assertThat(effect("production", "payments.refund")).isEqualTo("stop");
    assertThat(effect("production", "payments.void")).isEqualTo("proceed");
    assertThat(running.send(admin, "GET", RULES + "refunds", "").body())
        .containsEntry("version", 2L)
        .containsEntry(
            "in_force",
            List.of(Map.of("environment", "production", "version", 1L, "state", "block")));
    assertThat(
            activate("production", "{'rule':'refunds','version':2,'state':'block'}", BECAUSE)
                .status())
        .isEqualTo(201);
    assertThat(effect("production", "payments.void")).isEqualTo("stop");
  }

  @Test
  void allRulesOfAnActivationComeAtOnceOrNone() throws Exception {
    put("one", "one");
    put("two", "two");

    Answer refused = activate("staging", line("one", "block") + "," + line("three", "block"), "");
    assertPointer(refused, "/rules/1/rule");
    assertThat(effect("staging", "one")).isEqualTo("proceed");

    Answer both = activate("staging", line("one", "block") + "," + line("two", "warn"), "");
    assertThat(both.body()).containsEntry("rule_count", 2L);
    assertThat(effect("staging", "one")).isEqualTo("proceed_with_warning");
    assertThat(effect("staging", "two")).isEqualTo("proceed_with_warning");
  }

  @ParameterizedTest
  @CsvSource({
    // environment, state, evidence, override, status
    "development, block, none,       false, 201",
    "staging,     block, none,       false, 201",
    "production,  shadow, none,      false, 201",
    "production,  warn,  none,       false, 201",
    "production,  block, none,       false, 409",
    "production,  block, none,       true,  201",
    "production,  block, good,       false, 201",
    "production,  block, unknown,    false, 409",
    "production,  block, unknown,    true,  409",
    "production,  block, unfinished, false, 409",
    "production,  block, empty,      false, 409",
    "production,  block, other,      false, 409",
    "production,  warn,  unknown,    false, 409",
  })
  void aRuleStopsCallsOnlyWithABacktestOfItOrAReason(
      String environment, String state, String evidence, boolean override, int status)
      throws Exception {
    UUID version = UUID.fromString(String.valueOf(put("refunds", "payments.refund").at("id")));
    String backtest =
        evidence.equals("none")
            ? ""
            : ",'evidence':{'backtest':'" + backtest(evidence, version) + "'}";

    Answer answer =
        activate(environment, line("refunds", state), backtest + (override ? BECAUSE : ""));

    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    if (status == 409) {
      assertThat(answer.body()).containsEntry("code", "evidence-missing");
      assertThat(effect(environment, "payments.refund")).isEqualTo("proceed");
    }
  }

  private UUID backtest(String kind, UUID version) {
    Finding finding =
        switch (kind) {
          case "good" -> new Finding(true, Set.of(version), 100, 3, 0);
          case "unfinished" -> new Finding(false, Set.of(version), 100, 3, 0);
          case "empty" -> new Finding(true, Set.of(version), 0, 0, 0);
          default -> new Finding(true, Set.of(UUID.randomUUID()), 100, 3, 0);
        };
    return kind.equals("unknown")
        ? UUID.randomUUID()
        : running.bean(FakeBacktests.class).add(finding);
  }

  @Test
  void theRefusalSaysWhatToDoAndForWhich() throws Exception {
    put("refunds", "payments.refund");
    put("voids", "payments.void");

    Answer answer =
        activate("production", line("refunds", "block") + "," + line("voids", "warn"), "");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(String.valueOf(answer.at("detail")))
        .contains("evidence.backtest")
        .contains("override.reason");
    assertThat(answer.at("rules"))
        .isEqualTo(List.of(Map.of("rule", "refunds", "version", 1L, "state", "block")));
  }

  @Test
  void whatStopsAlreadyNeedsNothingToStayAsItIs() throws Exception {
    put("refunds", "payments.refund");
    activate("production", line("refunds", "block"), BECAUSE);

    assertThat(activate("production", line("refunds", "block"), "").status()).isEqualTo(201);

    put("refunds", "payments.void");
    assertThat(activate("production", line("refunds", "block"), "").status()).isEqualTo(409);
  }

  @Test
  void restoringGivesTheSameSnapshotWithoutNewEvidence() throws Exception {
    put("refunds", "payments.refund");
    Answer first = activate("production", line("refunds", "block"), BECAUSE);
    put("refunds", "payments.void");
    put("later", "later");
    activate("production", line("refunds", "block") + "," + line("later", "warn"), BECAUSE);
    assertThat(effect("production", "payments.refund")).isEqualTo("proceed");

    Answer restored = restore("production", 1, "");

    assertThat(restored.status()).as("%s", restored).isEqualTo(201);
    assertThat(restored.body())
        .containsEntry("number", 3L)
        .containsEntry("restored", 1L)
        .containsEntry("policy_snapshot", first.at("policy_snapshot"))
        .containsEntry(
            "rules",
            List.of(
                Map.of("rule", "later", "version", 1L, "state", "draft"),
                Map.of("rule", "refunds", "version", 1L, "state", "block")));
    assertThat(effect("production", "payments.refund")).isEqualTo("stop");
    assertThat(effect("production", "later")).isEqualTo("proceed");
    assertThat(audited()).endsWith("rule.restored");
    assertThat(restore("production", 9, "").status()).isEqualTo(404);
  }

  /** In a mode that does not stop, nobody had to say why; when it stops later, somebody has to. */
  @Test
  void restoringWhatNeverPassedTheGateMustPassIt() throws Exception {
    put("refunds", "payments.refund");
    activate("staging", line("refunds", "block"), "");
    activate("staging", line("refunds", "draft"), "");
    running.mode(admin, "staging", "block");

    assertThat(restore("staging", 1, "").body()).containsEntry("code", "evidence-missing");
    assertThat(restore("staging", 1, BECAUSE).status()).isEqualTo(201);
    assertThat(effect("staging", "payments.refund")).isEqualTo("stop");
  }

  @Test
  void activationsAreListedTheNewestFirst() throws Exception {
    put("refunds", "payments.refund");
    for (String state : List.of("shadow", "warn", "draft")) {
      activate("staging", line("refunds", state), "");
    }

    Answer page = running.send(admin, "GET", activations("staging") + "?limit=2", "");
    assertThat(page.tag()).isEqualTo("\"3\"");
    assertThat(numbers(page)).containsExactly(3L, 2L);
    Answer rest = running.send(admin, "GET", activations("staging") + "?limit=2&cursor=2", "");
    assertThat(numbers(rest)).containsExactly(1L);
    assertThat(rest.body()).doesNotContainKey("next_cursor");
    Answer one = running.send(admin, "GET", activations("staging") + "/2", "");
    assertThat(one.at("rules", 0, "state")).isEqualTo("warn");
    assertThat(running.send(admin, "GET", activations("staging") + "/4", "").status())
        .isEqualTo(404);
  }

  @Test
  void theAuditLogHasTheReason() throws Exception {
    put("refunds", "payments.refund");
    activate("production", line("refunds", "block"), BECAUSE);

    assertThat(
            running.texts(
                admin.organizationId(),
                "select after->>'override_reason' from audit.event where code = 'rule.activated'"))
        .containsExactly("the test says so");
  }

  @Test
  void ofTwoWhoEditOneIsToldWhatTheOtherWrote() throws Exception {
    Answer first = put("refunds", "payments.refund");
    assertThat(first.tag()).isEqualTo("\"1\"");
    Answer mine = putIf("refunds", "mine", "If-Match", first.tag());
    Answer theirs = putIf("refunds", "theirs", "If-Match", first.tag());

    assertThat(mine.status()).isEqualTo(200);
    assertThat(theirs.status()).isEqualTo(412);
    assertThat(theirs.body()).containsEntry("code", "rule-changed");
    assertThat(theirs.at("current", "version")).isEqualTo(2L);
    assertThat(theirs.at("current", "author")).isEqualTo("ada");
    assertThat(theirs.at("current", "condition")).isEqualTo(mine.at("condition"));
    assertThat(putIf("refunds", "theirs", "If-Match", mine.tag()).tag()).isEqualTo("\"3\"");
    assertThat(putIf("refunds", "x", "If-None-Match", "*").status()).isEqualTo(412);
    assertThat(putIf("new", "x", "If-Match", "*").status()).isEqualTo(412);
    assertThat(putIf("new", "x", "If-None-Match", "*").status()).isEqualTo(201);
    assertThat(putIf("new", "x", "If-Match", "7").status()).isEqualTo(400);
  }

  @Test
  void ofManyWhoRaceOneWins() throws Exception {
    put("refunds", "payments.refund");
    Callable<Integer> edit =
        () -> putIf("refunds", UUID.randomUUID().toString(), "If-Match", "\"1\"").status();
    Callable<Integer> activation =
        () -> activate("staging", line("refunds", "warn"), "", "If-Match", "\"0\"").status();

    assertThat(race(edit, 8)).containsOnlyOnce(200).containsOnly(200, 412);
    assertThat(race(activation, 8)).containsOnlyOnce(201).containsOnly(201, 412);
    Answer loser = activate("staging", line("refunds", "warn"), "", "If-Match", "\"0\"");
    assertThat(loser.body()).containsEntry("code", "environment-changed");
    assertThat(loser.at("current", "number")).isEqualTo(1L);
  }

  @Test
  void ofManyWhoDoNotMindAllAreHeard() throws Exception {
    put("refunds", "payments.refund");

    List<Integer> statuses =
        race(() -> activate("staging", line("refunds", "warn"), "").status(), 8);

    assertThat(statuses).containsOnly(201);
    assertThat(numbers(running.send(admin, "GET", activations("staging"), "")))
        .containsExactly(8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void versionsAreReadBack() throws Exception {
    put("refunds", "one");
    running.send(admin, "PUT", RULES + "refunds", rule("two", ",'comment':'wider'"));

    Answer list = running.send(admin, "GET", RULES + "refunds/versions", "");
    assertThat(list.at("versions", 0, "version")).isEqualTo(2L);
    assertThat(list.at("versions", 0, "comment")).isEqualTo("wider");
    assertThat(list.at("versions", 1, "author")).isEqualTo("ada");
    assertThat(running.send(admin, "GET", RULES + "refunds/versions/1", "").body())
        .containsEntry("condition", "action.tool == \"one\"");
    assertThat(running.send(admin, "GET", RULES + "refunds/versions/3", "").status())
        .isEqualTo(404);
    assertThat(running.send(admin, "GET", RULES + "none/versions", "").status()).isEqualTo(404);
  }

  @Test
  void aBadRequestIsRefusedWithItsPlace() throws Exception {
    put("r", "t");
    assertPointer(send("{'rules':[{'rule':'r','state':'warn'}]}"), "/comment");
    assertPointer(send("{'comment':'c'}"), "/rules");
    assertPointer(send("{'comment':'c','rules':[]}"), "/rules");
    assertPointer(send("{'comment':'c','rules':[7]}"), "/rules/0");
    assertPointer(send("{'comment':'c','rules':[{'state':'warn'}]}"), "/rules/0/rule");
    assertPointer(send("{'comment':'c','rules':[{'rule':'r'}]}"), "/rules/0/state");
    assertPointer(send("{'comment':'c','rules':[{'rule':'r','state':'allow'}]}"), "/rules/0/state");
    assertPointer(
        send("{'comment':'c','rules':[{'rule':'r','version':2,'state':'warn'}]}"),
        "/rules/0/version");
    assertPointer(
        send("{'comment':'c','rules':[{'rule':'r','state':'warn'},{'rule':'r','state':'warn'}]}"),
        "/rules/1/rule");
    String good = "{'comment':'c','rules':[{'rule':'r','state':'warn'}]";
    assertPointer(send(good + ",'evidence':{}}"), "/evidence/backtest");
    assertPointer(send(good + ",'evidence':{'backtest':'7'}}"), "/evidence/backtest");
    assertPointer(send(good + ",'override':{'reason':' '}}"), "/override/reason");
    assertPointer(send(good + ",'override':{'why':'x'}}"), "/override/why");
  }

  @Test
  void strangersFindNothing() throws Exception {
    put("refunds", "payments.refund");
    Actor stranger = running.newOrganization();

    // The stranger's project has the same name, and none of these rules.
    Answer refused =
        running.send(
            stranger,
            "POST",
            activations("production"),
            "{'comment':'c','rules':[{'rule':'refunds','state':'warn'}]}");
    assertPointer(refused, "/rules/0/rule");
    assertThat(running.send(admin, "GET", activations("nowhere"), "").status()).isEqualTo(404);
  }

  private List<Integer> race(Callable<Integer> one, int count) throws Exception {
    CyclicBarrier line = new CyclicBarrier(count);
    Callable<Integer> lined =
        () -> {
          line.await();
          return one.call();
        };
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      for (Future<Integer> status :
          threads.invokeAll(java.util.Collections.nCopies(count, lined))) {
        statuses.add(status.get());
      }
    }
    return statuses;
  }

  private Answer put(String name, String tool) throws Exception {
    Answer answer = running.send(admin, "PUT", RULES + name, rule(tool, ""));
    assertThat(answer.status()).as("%s", answer).isIn(200, 201);
    return answer;
  }

  private Answer putIf(String name, String tool, String header, String value) throws Exception {
    return running.send(admin, "PUT", RULES + name, rule(tool, ""), header, value);
  }

  private Answer activate(String environment, String lines, String more, String... headers)
      throws Exception {
    return running.send(
        admin,
        "POST",
        activations(environment),
        "{'comment':'a step','rules':[" + lines + "]" + more + "}",
        headers);
  }

  private Answer restore(String environment, int number, String more) throws Exception {
    return running.send(
        admin,
        "POST",
        activations(environment) + "/" + number + "/restore",
        "{'comment':'back'" + more + "}");
  }

  private Answer send(String body) throws Exception {
    return running.send(admin, "POST", activations("staging"), body);
  }

  private static String activations(String environment) {
    return "/v1/projects/shop/environments/" + environment + "/activations";
  }

  private static String line(String rule, String state) {
    return "{'rule':'" + rule + "','state':'" + state + "'}";
  }

  private static String rule(String tool, String more) {
    return "{'condition':'action.tool == \\'%s\\'','verdict':'deny','message':'No.'%s}"
        .formatted(tool, more);
  }

  private String effect(String environment, String tool) throws Exception {
    return String.valueOf(check(environment, tool).get("effect"));
  }

  private Map<String, Object> check(String environment, String tool) throws Exception {
    Answer answer =
        running.send(
            running.agent(admin, environment),
            "POST",
            "/v1/check-action",
            "{'run_id':'%s','action':{'tool':'%s','arguments':{}}}"
                .formatted(UUID.randomUUID(), tool));
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return Map.copyOf(answer.body());
  }

  private List<String> audited() {
    return running.texts(
        admin.organizationId(),
        "select code from audit.event where code like 'rule.%' order by id");
  }

  private static List<Object> numbers(Answer answer) {
    return ((List<?>) Objects.requireNonNull(answer.at("activations")))
        .stream().<Object>map(one -> ((Map<?, ?>) one).get("number")).toList();
  }

  private static void assertPointer(Answer answer, String pointer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.body()).containsEntry("pointer", pointer);
  }
}
