package dev.saferun.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RunningDatabase;
import io.vertx.sqlclient.SqlConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.stage.Stage;
import org.junit.jupiter.api.Test;

class AwaitedDatabaseTest {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final UUID ORGANIZATION = new UUID(0, 1);

  private final Arrived arrived = new Arrived();
  private final AtomicBoolean away = new AtomicBoolean(true);
  private final AtomicInteger attempts = new AtomicInteger();

  private RunningDatabase attempt(Runnable reached) {
    attempts.incrementAndGet();
    if (away.get()) {
      throw new IllegalStateException("away");
    }
    return arrived;
  }

  @Test
  void oneThatIsThereIsNotAwaited() {
    away.set(false);
    try (AwaitedDatabase database = AwaitedDatabase.start(this::attempt, Duration.ofMinutes(1))) {
      assertThat(database.awaitedSince()).isEmpty();
      assertThat(database.database().organizationIds().toCompletableFuture().join())
          .containsExactly(ORGANIZATION);
    }
    assertThat(arrived.closed).isTrue();
  }

  @Test
  void oneThatIsAwayIsSoToEveryUseAndComesLater() throws Exception {
    BlockingQueue<UUID> told = new LinkedBlockingQueue<>();
    try (AwaitedDatabase database = AwaitedDatabase.start(this::attempt, SHORT)) {
      assertThat(database.awaitedSince()).isPresent();
      assertUnavailable(database.database().organizationIds());
      assertUnavailable(database.database().inSession(ORGANIZATION, session -> null));
      assertUnavailable(database.database().inConnection(ORGANIZATION, connection -> null));
      assertThatThrownBy(database::ownerConnection).isInstanceOf(SQLException.class);
      assertThat(database.serverProcessId()).isEmpty();
      database.changeFeed().subscribe("topic", told::add);

      away.set(false);
      await().until(() -> database.awaitedSince().isEmpty());
      assertThat(attempts).hasValueGreaterThan(1);
      arrived.tell(ORGANIZATION);
      assertThat(told.poll(1, TimeUnit.SECONDS)).isEqualTo(ORGANIZATION);
      assertThat(database.database().organizationIds().toCompletableFuture().join())
          .containsExactly(ORGANIZATION);
    }
  }

  @Test
  void aServerThatWasReachedIsWaitedForBeyondTheTimeout() {
    away.set(false);
    AwaitedDatabase.Attempt migrating =
        reached -> {
          reached.run();
          sleep(SHORT.multipliedBy(4));
          return attempt(reached);
        };
    try (AwaitedDatabase database = AwaitedDatabase.start(migrating, SHORT)) {
      assertThat(database.awaitedSince()).isEmpty();
    }
  }

  @Test
  void whatArrivesAfterTheCloseIsClosed() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AwaitedDatabase.Attempt slow =
        reached -> {
          try {
            go.await();
          } catch (InterruptedException closing) {
            // As a driver that cannot be interrupted.
            return arrived;
          }
          return arrived;
        };
    AwaitedDatabase database = AwaitedDatabase.start(slow, SHORT);
    database.close();
    await().until(() -> arrived.closed);
  }

  private static void assertUnavailable(CompletionStage<?> stage) {
    assertThatThrownBy(() -> stage.toCompletableFuture().join())
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.code()).isEqualTo(CommonProblem.DATABASE_UNAVAILABLE));
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A database that has one organization and tells changes when the test says so. */
  private static final class Arrived implements RunningDatabase, Database, ChangeFeed {

    private volatile boolean closed;
    private volatile Consumer<UUID> listener = organization -> {};

    void tell(UUID organization) {
      listener.accept(organization);
    }

    @Override
    public Database database() {
      return this;
    }

    @Override
    public ChangeFeed changeFeed() {
      return this;
    }

    @Override
    public Connection ownerConnection() {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public Optional<Instant> awaitedSince() {
      return Optional.empty();
    }

    @Override
    public OptionalLong serverProcessId() {
      return OptionalLong.empty();
    }

    @Override
    public void stopServer() {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public void startServer() {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public <T> CompletionStage<T> inSession(
        UUID organizationId, Function<Stage.Session, CompletionStage<T>> work) {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public <T> CompletionStage<T> inConnection(
        UUID organizationId, Function<SqlConnection, CompletionStage<T>> work) {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public CompletionStage<List<UUID>> organizationIds() {
      return CompletableFuture.completedStage(List.of(ORGANIZATION));
    }

    @Override
    public CompletionStage<Void> publish(Stage.Session session, UUID organizationId, String topic) {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public CompletionStage<Void> publish(
        SqlConnection connection, UUID organizationId, String topic) {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public void subscribe(String topic, Consumer<UUID> listener) {
      this.listener = listener;
    }
  }
}
