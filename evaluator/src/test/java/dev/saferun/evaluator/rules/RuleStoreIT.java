package dev.saferun.evaluator.rules;

import static dev.saferun.evaluator.RunningEvaluator.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.LoopGuardSettings.Thresholds;
import dev.saferun.evaluator.Policies;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RunningEvaluator;
import dev.saferun.evaluator.Verdict;
import dev.saferun.evaluator.rules.ActivationRequest.Wanted;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.Scope;
import dev.saferun.tenancy.OnError;
import io.vertx.pgclient.PgException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleStoreIT {

  private final RunningEvaluator running = RunningEvaluator.get();
  private final Actor admin = running.newOrganization();
  private final Rules rules = running.bean(Rules.class);

  @BeforeEach
  void write() {
    await(put(draft("true")));
    await(
        running
            .bean(Activations.class)
            .activate(
                admin,
                "shop",
                "production",
                new Expected.Anything(),
                new ActivationRequest(
                    "a test",
                    List.of(new Wanted("rule", Optional.empty(), RuleState.BLOCK)),
                    new Grounds(Optional.empty(), Optional.of("a test")))));
    await(
        running
            .bean(Guards.class)
            .put(
                admin,
                "shop",
                Guard.LOOP,
                LoopGuardSettings.fromJson(Policies.json("{'repeat':{'flag_at':4,'deny_at':8}}"))));
    await(
        running
            .bean(Snapshots.class)
            .awaitInForce(admin.organizationId(), production().requireProject()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update evaluator.rule_version set condition = 'false'",
        "delete from evaluator.rule_version",
        "update evaluator.guard_version set settings = '{}'",
        "delete from evaluator.guard_version",
        "update evaluator.snapshot set content = ''",
        "delete from evaluator.snapshot",
        "update evaluator.activation set comment = ''",
        "delete from evaluator.activation",
        "update evaluator.activation_rule set state = 'draft'",
        "delete from evaluator.activation_rule",
        "truncate evaluator.rule_version",
      })
  void theApplicationCanChangeAndRemoveNothing(String sql) {
    assertDenied(() -> running.texts(admin.organizationId(), sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rule_version", "guard_version", "snapshot", "activation", "activation_rule"})
  void aQueryThatForgetsItsWhereClauseSeesOneOrganization(String table) {
    Actor other = running.newOrganization();
    String sql = "select distinct organization_id from evaluator." + table;

    assertThat(running.texts(admin.organizationId(), sql))
        .containsExactly(admin.organizationId().toString());
    assertThat(running.texts(other.organizationId(), sql))
        .doesNotContain(admin.organizationId().toString());
  }

  @Test
  void nothingCanBeWrittenForAnotherOrganization() {
    Actor other = running.newOrganization();

    assertDenied(
        () ->
            running.texts(
                other.organizationId(),
                """
                insert into evaluator.snapshot
                  (organization_id, project_id, environment_id, id, content)
                values ($1, $2, $3, 'sha256:' || encode(sha256(''), 'hex'), '')""",
                admin.organizationId(),
                production().requireProject(),
                production().requireEnvironment()));
  }

  @Test
  void theSnapshotInForceCanBeLoadedByItsName() {
    PolicySnapshot inForce =
        running.bean(Snapshots.class).inForce(production().requireEnvironment()).orElseThrow();

    assertThat(
            running.texts(
                admin.organizationId(),
                "select convert_from(content, 'UTF8') from evaluator.snapshot"
                    + " where environment_id = $1 and id = $2",
                production().requireEnvironment(),
                inForce.id()))
        .containsExactly(
            new String(CanonicalJson.write(inForce.content().manifest()), StandardCharsets.UTF_8));
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    RuleDraft whole =
        new RuleDraft(
            "whole",
            "action.tool.startsWith(\"p\")\n|| false",
            Verdict.ESCALATE,
            "Ask – ✓.",
            List.of("payments.*", "db.drop"),
            Optional.of(OnError.IGNORE));

    StoredRule written = await(put(whole)).rule();

    StoredRule read = await(rules.get(admin.organizationId(), "shop", "whole")).newest();
    assertThat(read.rule()).isEqualTo(written.rule());
    assertThat(whole.saidBy(read.rule())).isTrue();
    assertThat(
            await(running.bean(Guards.class).get(admin.organizationId(), "shop", Guard.LOOP))
                .repeat())
        .isEqualTo(new Thresholds(4, 4, 8));
  }

  @Test
  void writersOfOneRuleTakeTurns() {
    List<CompletionStage<Rules.Written>> writes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      writes.add(put(draft("action.tool == 'tool-" + i + "'")));
    }

    assertThat(writes)
        .extracting(write -> await(write).rule().rule().version())
        .containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8, 9);
  }

  private Scope production() {
    return running.environment(admin, "production").scope();
  }

  private CompletionStage<Rules.Written> put(RuleDraft draft) {
    return rules.put(admin, "shop", draft, "", new Expected.Anything());
  }

  private static RuleDraft draft(String condition) {
    return new RuleDraft("rule", condition, Verdict.DENY, "No.", List.of(), Optional.empty());
  }

  private static void assertDenied(ThrowingCallable statement) {
    assertThatThrownBy(statement)
        .rootCause()
        .isInstanceOfSatisfying(
            PgException.class, fault -> assertThat(fault.getSqlState()).isEqualTo("42501"));
  }
}
