package dev.saferun.evaluator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.RunningEvaluator;
import dev.saferun.evaluator.RunningEvaluator.Answer;
import dev.saferun.platform.Actor;
import dev.saferun.tenancy.EnvironmentChange;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.Tenancy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluatorHttpIT {

  private static final String RULES = "/v1/projects/shop/rules";
  private static final String LOOP_GUARD = "/v1/projects/shop/loop-guard";

  private final RunningEvaluator running = RunningEvaluator.get();
  private final Actor admin = running.newOrganization();

  @Test
  void eachChangeIsAVersionAndSayingItAgainIsNone() throws Exception {
    Answer first = put("no-refund", rule("action.tool == 'payments.refund'"));
    Answer again = put("no-refund", rule("action.tool == 'payments.refund'"));
    Answer second = put("no-refund", rule("action.tool == 'payments.void'"));

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.body())
        .containsEntry("name", "no-refund")
        .containsEntry("version", 1L)
        .containsEntry("verdict", "deny")
        .containsEntry("tools", List.of())
        .containsEntry("author", "ada")
        .doesNotContainKey("on_error");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).containsEntry("version", 2L).containsEntry("pins", List.of());
    Map<String, Object> version = new HashMap<>(second.body());
    version.remove("pins");
    assertThat(running.send(admin, "GET", RULES + "/no-refund", "").body())
        .containsAllEntriesOf(version)
        .containsEntry("in_force", List.of());
    assertThat(audited()).containsExactly("rule.created", "rule.changed");
  }

  @Test
  void rulesAreListedPageByPage() throws Exception {
    for (String name : List.of("b", "a", "c")) {
      put(name, rule("true"));
    }

    Answer first = running.send(admin, "GET", RULES + "?limit=2", "");
    assertThat(names(first)).containsExactly("a", "b");
    assertThat(first.body()).containsEntry("next_cursor", "b");
    Answer last = running.send(admin, "GET", RULES + "?limit=2&cursor=b", "");
    assertThat(names(last)).containsExactly("c");
    assertThat(last.body()).doesNotContainKey("next_cursor");
    assertThat(running.send(admin, "GET", RULES + "?limit=0", "").status()).isEqualTo(400);
  }

  @Test
  void aRuleIsInForceWhenTheAnswerToItsActivationArrives() throws Exception {
    for (int version = 1; version <= 5; version++) {
      put("moving", rule("action.tool == 'tool-" + version + "'"));
      running.activate(admin, "moving", "development", "staging", "production");

      assertThat(check("production", "tool-" + version))
          .containsEntry("verdict", "deny")
          .containsEntry("effect", "stop");
    }
    assertThat(check("production", "tool-1")).containsEntry("effect", "proceed");
    assertThat(check("staging", "tool-5")).containsEntry("effect", "proceed_with_warning");
    assertThat(check("development", "tool-5")).containsEntry("effect", "proceed");
  }

  @Test
  void aModeIsInForceWhenItsAnswerArrives() throws Exception {
    put("all", rule("true"));
    running.activate(admin, "all", "production");
    EnvironmentChange toLog =
        new EnvironmentChange(
            Optional.of(Mode.LOG), Optional.empty(), Optional.empty(), Optional.empty());

    RunningEvaluator.await(
        running.bean(Tenancy.class).putEnvironment(admin, "shop", "production", toLog));

    assertThat(check("production", "t"))
        .containsEntry("mode", "log")
        .containsEntry("effect", "proceed");
  }

  @Test
  void aBadConditionIsRefusedWithItsPlaceAndNothingIsKept() throws Exception {
    Answer refused = put("bad", rule("action.tool ==\\n  acton.tool"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.type()).startsWith("application/problem+json");
    assertThat(refused.body())
        .containsEntry("code", "rule-invalid")
        .containsEntry("pointer", "/condition")
        .containsKey("request_id");
    assertThat(refused.body().get("faults"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
        .first()
        .satisfies(fault -> assertThat(fault.get("line")).isEqualTo(2L))
        .satisfies(fault -> assertThat(fault.get("column")).isEqualTo(3L));
    assertThat(running.send(admin, "GET", RULES + "/bad", "").status()).isEqualTo(404);
    assertThat(audited()).isEmpty();
    assertThat(check("production", "t")).containsEntry("verdict", "allow");
  }

  @Test
  void aRuleOfTheWrongShapeIsRefusedWithItsPlace() throws Exception {
    assertPointer(put("r", "{'condition':'true','verdict':'allow','message':'m'}"), "/verdict");
    assertPointer(put("r", "{'condition':'true','verdict':'deny'}"), "/message");
    assertPointer(put("r", "{'condition':'true','verdict':'deny','message':' '}"), "/message");
    assertPointer(put("r", "{'condition':'true','verdict':'deny','message':'m','x':1}"), "/x");
    assertPointer(
        put("r", "{'condition':'true','verdict':'deny','message':'m','tools':['a','']}"),
        "/tools/1");
    assertThat(put("Not-A-Name", rule("true")).body()).containsEntry("code", "rule-name-invalid");
  }

  @Test
  void theLoopGuardIsReadWrittenAndInForce() throws Exception {
    Answer before = running.send(admin, "GET", LOOP_GUARD, "");
    assertThat(before.status()).isEqualTo(200);
    assertThat(before.body()).containsKeys("repeat", "cycle", "budgets");

    Answer put =
        running.send(admin, "PUT", LOOP_GUARD, "{'budgets':{'calls_by_tool_max':{'once':0}}}");
    assertThat(put.status()).as("%s", put).isEqualTo(200);
    assertThat(put.body()).containsEntry("repeat", before.body().get("repeat"));
    assertThat(running.send(admin, "GET", LOOP_GUARD, "")).isEqualTo(put);
    assertThat(check("production", "once")).containsEntry("effect", "stop");
    assertPointer(running.send(admin, "PUT", LOOP_GUARD, "{'repeats':{}}"), "/repeats");
    assertPointer(
        running.send(admin, "PUT", LOOP_GUARD, "{'repeat':{'hold_at':3}}"), "/repeat/hold_at");
    assertThat(audited()).containsExactly("loop-guard.changed");
  }

  @Test
  void allThatTheLoopGuardKnowsIsReadAsItWasWritten() throws Exception {
    String settings =
        """
        {'repeat':{'flag_at':2,'escalate_at':3,'deny_at':4},
         'cycle':{'period_max':4,'flag_at':2,'escalate_at':3,'deny_at':4},
         'no_progress':{'flag_at':2,'escalate_at':2,'deny_at':2},
         'error':{'flag_at':2,'escalate_at':2,'deny_at':2},
         'stop_run':false,
         'tools':{'jobs.status':{'exempt':['repeat','no_progress'],'grows':'/page'}},
         'budgets':{'calls_flag_at':5,'calls_escalate_at':6,'calls_max':7,
           'calls_by_tool_max':{},'sums':[]},
         'windows':[{'name':'w','scope':'agent','seconds':60,'tool':'pay','argument':'/amount',
           'flag_at':50,'escalate_at':60,'max':70}]}
        """;
    Answer put = running.send(admin, "PUT", LOOP_GUARD, settings);
    assertThat(put.status()).as("%s", put).isEqualTo(200);
    assertThat(put.body()).isEqualTo(dev.saferun.evaluator.Policies.json(settings));
    assertThat(running.send(admin, "GET", LOOP_GUARD, "")).isEqualTo(put);
  }

  @Test
  void strangersFindNothing() throws Exception {
    Actor stranger = running.newOrganization();
    RunningEvaluator.await(
        running
            .bean(Tenancy.class)
            .putProject(admin, "own", new dev.saferun.tenancy.ProjectChange(Optional.empty())));

    for (String path : List.of("/rules", "/rules/r", "/loop-guard")) {
      assertThat(running.send(stranger, "GET", "/v1/projects/own" + path, "").status())
          .isEqualTo(404);
    }
    assertThat(running.send(stranger, "PUT", "/v1/projects/own/rules/r", rule("true")).status())
        .isEqualTo(404);
  }

  @Test
  void aBadCheckIsAProblemWithItsPlace() throws Exception {
    Answer refused =
        running.send(running.agent(admin, "staging"), "POST", "/v1/check-action", "{'run_id':7}");

    assertPointer(refused, "/run_id");
    assertThat(refused.type()).startsWith("application/problem+json");
    assertThat(
            running.send(running.agent(admin, "staging"), "POST", "/v1/check-action", "").status())
        .isEqualTo(400);
  }

  private Answer put(String name, String body) throws Exception {
    return running.send(admin, "PUT", RULES + "/" + name, body);
  }

  private Map<String, Object> check(String environment, String tool) throws Exception {
    Answer answer =
        running.send(
            running.agent(admin, environment),
            "POST",
            "/v1/check-action",
            "{'run_id':'r','action':{'tool':'" + tool + "','arguments':{}}}");
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return Map.copyOf(answer.body());
  }

  private List<String> audited() {
    return running.texts(
        admin.organizationId(),
        "select code from audit.event where code like 'rule.%' or code like 'loop-guard.%'"
            + " order by id");
  }

  private static void assertPointer(Answer answer, String pointer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.body()).containsEntry("pointer", pointer);
  }

  private static List<Object> names(Answer answer) {
    return ((List<?>) java.util.Objects.requireNonNull(answer.body().get("rules")))
        .stream().<Object>map(rule -> ((Map<?, ?>) rule).get("name")).toList();
  }

  /** A condition's own texts are in double quotes once they are within JSON: escaped ones. */
  private static String rule(String condition) {
    return "{'condition':'%s','verdict':'deny','message':'No.'}"
        .formatted(condition.replace("'", "\\'"));
  }
}
