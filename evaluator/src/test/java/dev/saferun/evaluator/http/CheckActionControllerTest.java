package dev.saferun.evaluator.http;

import static dev.saferun.evaluator.snapshot.SnapshotsFixture.ORGANIZATION;
import static dev.saferun.evaluator.snapshot.SnapshotsFixture.PRODUCTION;
import static dev.saferun.evaluator.snapshot.SnapshotsFixture.PROJECT;
import static dev.saferun.evaluator.snapshot.SnapshotsFixture.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.evaluator.EvaluatorConfiguration;
import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.evaluator.hits.RuleHits;
import dev.saferun.evaluator.http.FakeRunLog.Ending;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.evaluator.snapshot.SnapshotsFixture;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.platform.StrictJson;
import dev.saferun.tenancy.Mode;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckActionControllerTest {

  private static final byte[] BODY =
      "{\"run_id\":\"r\",\"action\":{\"tool\":\"t\",\"arguments\":{}}}"
          .getBytes(StandardCharsets.UTF_8);

  private final SnapshotsFixture fixture = new SnapshotsFixture();
  private final FakeRunLog runLog = new FakeRunLog();
  private CheckActionController controller;
  private Snapshots snapshots;

  @BeforeEach
  void start() {
    fixture.environments.put(PRODUCTION, Mode.BLOCK);
    snapshots = fixture.started();
    controller =
        new CheckActionController(
            fixture.environments,
            snapshots,
            runLog,
            new CheckMetrics(OpenTelemetry.noop().getMeter("test")),
            new RuleHits(InstantSource.system()),
            EvaluatorConfiguration.defaults());
  }

  @Test
  void theAnswerNamesTheSnapshotThatDecided() {
    Map<String, @Nullable Object> answer = check(PRODUCTION, null);

    assertThat(answer)
        .containsEntry("verdict", "allow")
        .containsEntry("effect", "proceed")
        .containsEntry("mode", "block")
        .containsEntry(
            "policy_snapshot",
            snapshots.inForce(PRODUCTION.requireEnvironment()).orElseThrow().id());
  }

  @Test
  void whatCouldNotBeRecordedIsSaid() {
    runLog.ending = Ending.UNRECORDED;
    assertThat(check(PRODUCTION, null))
        .containsEntry("recorded", false)
        .containsEntry("effect", "proceed");

    runLog.ending = Ending.REFUSED;
    assertThat(check(PRODUCTION, null))
        .containsEntry("recorded", false)
        .containsEntry("effect", "stop");
  }

  @Test
  void anEarlierAnswerIsPassedOn() {
    runLog.ending = Ending.REPLAYED;

    assertThat(check(PRODUCTION, "key-1")).isEmpty();
    assertThat(runLog.idempotency.orElseThrow().key()).isEqualTo("key-1");
  }

  @Test
  void aKeyOfNoEnvironmentIsToldWhichToUse() {
    assertRefused(CommonProblem.ENVIRONMENT_KEY_REQUIRED, new Scope(ORGANIZATION, null, null));
  }

  @Test
  void anEnvironmentThatIsNotThereIsNotFound() {
    assertRefused(CommonProblem.NOT_FOUND, new Scope(ORGANIZATION, PROJECT, UUID.randomUUID()));
  }

  @Test
  void anEnvironmentThatIsNewGetsItsSnapshotAtItsFirstCheck() {
    fixture.environments.putUntold(STAGING, Mode.WARN);

    assertThat(check(STAGING, null)).containsEntry("mode", "warn");
  }

  @Test
  void anEnvironmentWhosePolicyCannotBeBuiltIsUnavailable() {
    fixture.environments.putUntold(STAGING, Mode.WARN);
    fixture.failReads(1);

    assertThatThrownBy(() -> check(STAGING, null))
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.code()).isEqualTo(EvaluatorProblem.POLICY_NOT_LOADED));
  }

  private Map<String, @Nullable Object> check(Scope scope, @Nullable String key) {
    return StrictJson.parseObject(
        controller.check(scope, key, BODY).toCompletableFuture().join().body());
  }

  private void assertRefused(ProblemCode code, Scope scope) {
    assertThatThrownBy(() -> controller.check(scope, null, BODY))
        .isInstanceOfSatisfying(
            ProblemException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
