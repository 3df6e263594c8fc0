package dev.saferun.replay.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.evaluator.CalibrationMethod;
import dev.saferun.evaluator.Candidates;
import dev.saferun.evaluator.IntentModel;
import dev.saferun.evaluator.IntentModels;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import dev.saferun.tenancy.OnOverflow;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work over labels never holds up who asks for it, and is bounded. */
class CalibrationsTest {

  private static final UUID ORGANIZATION = new UUID(1, 1);
  private static final UUID PROJECT = new UUID(1, 2);
  private static final Scope SCOPE = new Scope(ORGANIZATION, PROJECT, new UUID(1, 3));
  private static final Actor ADMIN =
      new Actor(Actor.Kind.ADMIN, new UUID(1, 4), "ada", new Scope(ORGANIZATION, null, null));

  private final SilentDatabase database = new SilentDatabase();
  private final Turn turn = new Turn();
  private final Calibrations calibrations = calibrations();

  @AfterEach
  void stop() {
    turn.stop();
  }

  @Test
  void aProjectIsCalibratedOnceAtATimeAndTheCallerDoesNotWait() throws Exception {
    CompletionStage<IntentModels.Version> first = calibrate();

    assertThat(first.toCompletableFuture()).isNotDone();
    assertThatThrownBy(this::calibrate)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo(ReplayProblem.CALIBRATION_UNDER_WAY));

    database.fail();
    assertThat(first.toCompletableFuture()).failsWithin(10, TimeUnit.SECONDS);
    assertThat(calibrate().toCompletableFuture()).failsWithin(10, TimeUnit.SECONDS);
    assertThat(database.askedOn).isNotEmpty().allMatch("calibration"::equals);
  }

  @Test
  void beyondItsPlacesWorkIsRefusedAndNotKept() {
    CountDownLatch end = new CountDownLatch(1);
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i <= Turn.WAITING_MAX; i++) {
      waiting.add(turn.take(() -> await(end)).toCompletableFuture());
    }

    assertThat(turn.take(() -> await(end)).toCompletableFuture())
        .failsWithin(0, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo(ReplayProblem.TOO_MANY_CALIBRATIONS));
    end.countDown();
    assertThat(waiting)
        .allSatisfy(one -> assertThat(one).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(true));
  }

  private static boolean await(CountDownLatch end) {
    try {
      return end.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private CompletionStage<IntentModels.Version> calibrate() {
    EnvironmentSettings environment =
        new EnvironmentSettings(
            SCOPE, "acme", "shop", "staging", Mode.BLOCK, OnOverflow.STOP, OnError.DENY, 1_000);
    return calibrations.calibrate(
        ADMIN,
        new Calibrations.Request(PROJECT, "shop", List.of(environment), null),
        CalibrationMethod.AUTO);
  }

  private Calibrations calibrations() {
    PolicySnapshot policy =
        PolicySnapshot.of(
            new PolicyContent(Mode.BLOCK, OnError.DENY, List.of(), LoopGuardSettings.DEFAULT));
    Candidates inForce =
        (environment, drafts) ->
            CompletableFuture.completedStage(new Candidates.Candidate(policy, List.of()));
    Rows rows = new Rows(database);
    return new Calibrations(
        new LabelledCalls(rows), new RecentCalls(rows), new NoModels(), inForce, turn);
  }

  /** A database that does not answer until it fails. */
  private static final class SilentDatabase implements Database {

    final List<String> askedOn = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> answer = new CompletableFuture<>();

    void fail() {
      answer.completeExceptionally(new IllegalStateException("planted"));
    }

    @Override
    public <T> CompletionStage<T> inSession(
        UUID organizationId, Function<Stage.Session, CompletionStage<T>> work) {
      throw new AssertionError("no session is needed");
    }

    @Override
    public <T> CompletionStage<T> inConnection(
        UUID organizationId, Function<SqlConnection, CompletionStage<T>> work) {
      askedOn.add(Thread.currentThread().getName());
      return answer.thenApply(
          never -> {
            throw new AssertionError("it never answers");
          });
    }

    @Override
    public CompletionStage<List<UUID>> organizationIds() {
      return CompletableFuture.completedStage(List.of());
    }
  }

  /** Keeps nothing: no calibration comes so far. */
  private static final class NoModels implements IntentModels {

    @Override
    public CompletionStage<Version> keep(
        Actor by,
        String project,
        IntFunction<IntentModel> made,
        Map<String, @Nullable Object> comparison) {
      return CompletableFuture.failedStage(new AssertionError("nothing is made"));
    }

    @Override
    public CompletionStage<List<Version>> all(UUID organizationId, String project) {
      return CompletableFuture.completedStage(List.of());
    }

    @Override
    public CompletionStage<Optional<IntentModel>> find(
        UUID organizationId, String project, String name) {
      return CompletableFuture.completedStage(Optional.empty());
    }
  }
}
