package dev.saferun.evaluator.snapshot;

import dev.saferun.evaluator.FakeEnvironments;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.Database;
import dev.saferun.platform.LastGood;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.stage.Stage;

/** Snapshots over fakes: one organization with one project, whose notices the test gives itself. */
public final class SnapshotsFixture {

  public static final UUID ORGANIZATION = new UUID(0, 1);
  public static final UUID PROJECT = new UUID(0, 2);
  public static final Scope STAGING = new Scope(ORGANIZATION, PROJECT, new UUID(0, 3));
  public static final Scope PRODUCTION = new Scope(ORGANIZATION, PROJECT, new UUID(0, 4));

  public final FakeEnvironments environments = new FakeEnvironments();
  final FakePolicySource source = new FakePolicySource();
  final AtomicBoolean databaseAway = new AtomicBoolean();
  private LastGood lastGood = LastGood.in(DataDirectory.open(temporary()), () -> Instant.EPOCH);
  private final Map<String, Consumer<UUID>> subscribed = new HashMap<>();

  /** Built and in force, as after a start. A second time it is a start on the same disk. */
  public Snapshots started() {
    Snapshots snapshots =
        new Snapshots(new Ids(), new Feed(), source, environments, lastGood, () -> Instant.EPOCH);
    snapshots.start();
    return snapshots;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory(Path.of("target"), "snapshots");
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** The document of the policies; empty where there is none. */
  String onDisk() {
    return lastGood
        .read("policies")
        .map(found -> new String(found.content(), StandardCharsets.UTF_8))
        .orElse("");
  }

  /** The next start finds nothing on disk. */
  void loseTheDisk() {
    lastGood.close();
    lastGood = LastGood.in(DataDirectory.open(temporary()), () -> Instant.EPOCH);
  }

  /** The database is away for so many reads. */
  public void failReads(int count) {
    source.readsThatFail.set(count);
  }

  /** Gives the notice that a change of another node would. */
  void tell(String topic) {
    Objects.requireNonNull(subscribed.get(topic), topic).accept(ORGANIZATION);
  }

  /** Knows the one organization and has no transactions to give. */
  private final class Ids implements Database {

    @Override
    public <T> CompletionStage<T> inSession(
        UUID organizationId, Function<Stage.Session, CompletionStage<T>> work) {
      throw new UnsupportedOperationException("snapshots read by their source only");
    }

    @Override
    public <T> CompletionStage<T> inConnection(
        UUID organizationId, Function<SqlConnection, CompletionStage<T>> work) {
      throw new UnsupportedOperationException("snapshots read by their source only");
    }

    @Override
    public CompletionStage<List<UUID>> organizationIds() {
      return databaseAway.get()
          ? CompletableFuture.failedStage(
              new ProblemException(CommonProblem.DATABASE_UNAVAILABLE, "away"))
          : CompletableFuture.completedStage(List.of(ORGANIZATION));
    }
  }

  private final class Feed implements ChangeFeed {

    @Override
    public CompletionStage<Void> publish(Stage.Session session, UUID organizationId, String topic) {
      throw new UnsupportedOperationException("snapshots publish nothing");
    }

    @Override
    public CompletionStage<Void> publish(
        SqlConnection connection, UUID organizationId, String topic) {
      throw new UnsupportedOperationException("snapshots publish nothing");
    }

    @Override
    public void subscribe(String topic, Consumer<UUID> listener) {
      subscribed.put(topic, listener);
    }
  }
}
