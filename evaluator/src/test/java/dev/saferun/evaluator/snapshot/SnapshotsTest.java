package dev.saferun.evaluator.snapshot;

import static dev.saferun.evaluator.snapshot.SnapshotsFixture.ORGANIZATION;
import static dev.saferun.evaluator.snapshot.SnapshotsFixture.PRODUCTION;
import static dev.saferun.evaluator.snapshot.SnapshotsFixture.PROJECT;
import static dev.saferun.evaluator.snapshot.SnapshotsFixture.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.evaluator.IntentGuardSettings;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.SnapshotHealth.Cause;
import dev.saferun.evaluator.Verdict;
import dev.saferun.evaluator.snapshot.PolicySource.Written;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.tenancy.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotsTest {

  /** In a project of its own. */
  private static final Scope OTHER = new Scope(ORGANIZATION, new UUID(0, 9), new UUID(0, 10));

  private final SnapshotsFixture fixture = new SnapshotsFixture();
  private Snapshots snapshots;

  @BeforeEach
  void start() {
    fixture.environments.put(STAGING, Mode.WARN);
    fixture.environments.put(PRODUCTION, Mode.BLOCK);
    snapshots = fixture.started();
  }

  @AfterEach
  void stop() {
    snapshots.stop();
  }

  @Test
  void everyEnvironmentHasASnapshotAtTheStartAndItIsKept() {
    assertThat(inForce(STAGING).content().mode()).isEqualTo(Mode.WARN);
    assertThat(inForce(PRODUCTION).content().mode()).isEqualTo(Mode.BLOCK);
    assertThat(inForce(PRODUCTION).content().loopGuard()).isEqualTo(LoopGuardSettings.DEFAULT);
    assertThat(fixture.source.kept)
        .extracting(PolicySource.Named::snapshot)
        .containsExactlyInAnyOrder(inForce(STAGING), inForce(PRODUCTION));
    assertThat(snapshots.now().inForce()).isEqualTo(2);
    assertThat(snapshots.now().stale()).isEmpty();
  }

  @Test
  void anUnknownEnvironmentHasNone() {
    assertThat(snapshots.inForce(UUID.randomUUID())).isEmpty();
  }

  @Test
  void awaitingCompletesWhenTheNewRuleIsInForce() throws Exception {
    write(rule("first", 1, "true"));

    await(snapshots.awaitInForce(ORGANIZATION, PROJECT));

    assertThat(inForce(STAGING).content().rules())
        .extracting(active -> active.rule().name())
        .containsExactly("first");
    assertThat(inForce(PRODUCTION).content().rules()).hasSize(1);
    assertThat(fixture.source.kept)
        .extracting(PolicySource.Named::snapshot)
        .contains(inForce(PRODUCTION));
  }

  @Test
  void aNoticeOfAnotherNodeIsFollowed() {
    write(rule("first", 1, "true"));

    fixture.tell(PolicySource.TOPIC);

    until(() -> inForce(PRODUCTION).content().rules().size() == 1);
  }

  @Test
  void aChangeOfModeIsInForceWhenTheListenerIsDone() throws Exception {
    for (CompletionStage<Void> told : fixture.environments.put(PRODUCTION, Mode.LOG)) {
      await(told);
    }

    assertThat(inForce(PRODUCTION).content().mode()).isEqualTo(Mode.LOG);
  }

  @Test
  void whatDidNotChangeKeepsItsSnapshot() throws Exception {
    PolicySnapshot before = inForce(STAGING);
    int keptBefore = fixture.source.kept.size();

    await(snapshots.awaitInForce(ORGANIZATION, PROJECT));

    assertThat(inForce(STAGING)).isSameAs(before);
    assertThat(fixture.source.kept).hasSize(keptBefore);
  }

  @Test
  void withoutTheDatabaseTheLastGoodOneStaysAndTheNewOneComesLater() {
    PolicySnapshot before = inForce(PRODUCTION);
    write(rule("first", 1, "true"));
    fixture.source.readsThatFail.set(1);

    assertNotInForce();
    assertThat(inForce(PRODUCTION)).isSameAs(before);
    assertThat(snapshots.now().stale())
        .hasEntrySatisfying(
            PRODUCTION.requireEnvironment(),
            stale -> assertThat(stale.cause()).isEqualTo(Cause.DATABASE));

    until(() -> snapshots.now().stale().isEmpty());
    assertThat(inForce(PRODUCTION).content().rules()).hasSize(1);
  }

  @Test
  void nothingIsInForceBeforeItIsKept() {
    PolicySnapshot before = inForce(PRODUCTION);
    write(rule("first", 1, "true"));
    fixture.source.keepsThatFail.set(1);

    assertNotInForce();
    assertThat(inForce(PRODUCTION)).isSameAs(before);

    until(() -> inForce(PRODUCTION) != before);
    assertThat(fixture.source.kept)
        .extracting(PolicySource.Named::snapshot)
        .contains(inForce(PRODUCTION));
  }

  @Test
  void aRuleThatCannotBeCompiledHoldsUpItsOwnProjectOnly() throws Exception {
    UUID otherProject = OTHER.requireProject();
    fixture.environments.put(OTHER, Mode.BLOCK);
    PolicySnapshot before = inForce(PRODUCTION);
    write(rule("broken", 1, "action."));
    fixture.source.written.put(otherProject, written(rule("good", 1, "true")));

    assertNotInForce();
    await(snapshots.awaitInForce(ORGANIZATION, otherProject));

    assertThat(inForce(PRODUCTION)).isSameAs(before);
    assertThat(snapshots.now().stale())
        .hasEntrySatisfying(
            PRODUCTION.requireEnvironment(),
            stale -> assertThat(stale.cause()).isEqualTo(Cause.RULE));
    assertThat(inForce(OTHER).content().rules()).hasSize(1);

    write(rule("broken", 2, "true"));
    await(snapshots.awaitInForce(ORGANIZATION, PROJECT));
    assertThat(snapshots.now().stale()).isEmpty();
  }

  @Test
  void aStartWithoutTheDatabaseDecidesByWhatWasLastInForce() throws Exception {
    write(rule("first", 1, "true"));
    await(snapshots.awaitInForce(ORGANIZATION, PROJECT));
    PolicySnapshot before = inForce(PRODUCTION);
    restartWithoutTheDatabase();

    assertThat(inForce(PRODUCTION).id()).isEqualTo(before.id());
    assertThat(inForce(PRODUCTION).content()).isEqualTo(before.content());
    assertThat(snapshots.now().fromDisk()).isEqualTo(Instant.EPOCH);

    // Written by another node meanwhile; the database has it, and it wins.
    write(rule("first", 2, "false"));
    fixture.source.kept.clear();
    fixture.databaseAway.set(false);
    until(() -> snapshots.now().fromDisk() == null);
    assertThat(inForce(PRODUCTION).content().versions())
        .extracting(RuleVersion::version)
        .containsExactly(2);
    untilOnDisk();
  }

  @Test
  void whatCameFromDiskIsKeptAgainWhenTheDatabaseIsThere() throws Exception {
    PolicySnapshot before = inForce(PRODUCTION);
    restartWithoutTheDatabase();
    fixture.source.kept.clear();
    fixture.databaseAway.set(false);

    until(() -> snapshots.now().fromDisk() == null);
    assertThat(fixture.source.kept)
        .extracting(named -> named.snapshot().id())
        .contains(before.id(), inForce(STAGING).id());
  }

  @Test
  void aStartWithAPolicyThatCannotBeCompiledKeepsTheLastGoodOneAndSaysSo() throws Exception {
    write(rule("first", 1, "true"));
    await(snapshots.awaitInForce(ORGANIZATION, PROJECT));
    PolicySnapshot before = inForce(PRODUCTION);
    untilOnDisk();
    snapshots.stop();
    write(rule("broken", 1, "action."));

    snapshots = fixture.started();

    assertThat(inForce(PRODUCTION).id()).isEqualTo(before.id());
    assertThat(snapshots.now().fromDisk()).isNull();
    assertThat(snapshots.now().stale())
        .hasEntrySatisfying(
            PRODUCTION.requireEnvironment(),
            stale -> assertThat(stale.cause()).isEqualTo(Cause.RULE));
    untilOnDisk();

    write(rule("broken", 2, "true"));
    await(snapshots.awaitInForce(ORGANIZATION, PROJECT));
    assertThat(snapshots.now().stale()).isEmpty();
  }

  /** The control: without the document the same start has nothing to decide by. */
  @Test
  void aStartWithAPolicyThatCannotBeCompiledAndNothingOnDiskHasNone() throws Exception {
    untilOnDisk();
    snapshots.stop();
    write(rule("broken", 1, "action."));
    fixture.loseTheDisk();

    snapshots = fixture.started();

    assertThat(snapshots.inForce(PRODUCTION.requireEnvironment())).isEmpty();
    assertThat(snapshots.now().stale()).containsKey(PRODUCTION.requireEnvironment());
  }

  @Test
  void aFirstStartWithoutTheDatabaseIsRefused() throws Exception {
    untilOnDisk();
    snapshots.stop();
    fixture.loseTheDisk();
    fixture.databaseAway.set(true);

    assertThatThrownBy(fixture::started)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the database cannot be read")
        .hasMessageContaining("'policies'");
  }

  private void restartWithoutTheDatabase() throws Exception {
    untilOnDisk();
    snapshots.stop();
    fixture.databaseAway.set(true);
    snapshots = fixture.started();
  }

  /** What is in force is on disk. */
  private void untilOnDisk() {
    String staging = inForce(STAGING).id();
    String production = inForce(PRODUCTION).id();
    until(() -> fixture.onDisk().contains(staging) && fixture.onDisk().contains(production));
  }

  private void assertNotInForce() {
    assertThatThrownBy(() -> await(snapshots.awaitInForce(ORGANIZATION, PROJECT)))
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.code()).isEqualTo(EvaluatorProblem.NOT_IN_FORCE));
  }

  private void write(RuleVersion rule) {
    fixture.source.written.put(PROJECT, written(rule));
  }

  private static Written written(RuleVersion rule) {
    List<ActiveRule> rules = List.of(ActiveRule.of(rule, RuleState.BLOCK));
    return new Written(
        Map.of(
            STAGING.requireEnvironment(), rules,
            PRODUCTION.requireEnvironment(), rules,
            OTHER.requireEnvironment(), rules),
        LoopGuardSettings.DEFAULT,
        IntentGuardSettings.STANDARD);
  }

  private PolicySnapshot inForce(Scope scope) {
    return snapshots.inForce(scope.requireEnvironment()).orElseThrow();
  }

  private static RuleVersion rule(String name, int version, String condition) {
    return new RuleVersion(
        new UUID(1, version),
        name,
        version,
        condition,
        Verdict.DENY,
        "No.",
        List.of(),
        Optional.empty());
  }

  private static void await(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static void until(BooleanSupplier holds) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
