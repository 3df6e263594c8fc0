package dev.saferun.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Databases;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RunningDatabase;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseIT extends DatabaseContract {

  private static RunningDatabase running;

  @BeforeAll
  static void start() {
    running = Databases.startTemporary(SCHEMAS, ENTITIES);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Override
  RunningDatabase running() {
    return running;
  }

  @Test
  void aKilledServerComesBackAndWorkGoesOn() throws Exception {
    UUID organizationId = Ids.next(5);
    write(organizationId, "before");
    BlockingQueue<UUID> told = new LinkedBlockingQueue<>();
    running.changeFeed().subscribe("after-kill", told::add);
    long killed = running.serverProcessId().orElseThrow();
    ProcessHandle.of(killed).orElseThrow().destroyForcibly();

    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (running.serverProcessId().orElse(killed) == killed || !reads(organizationId)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
    assertThat(texts(organizationId, "select text from sample.note")).containsExactly("before");
    await(
        database(
            organizationId, c -> running.changeFeed().publish(c, organizationId, "after-kill")));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(organizationId);
  }

  @Test
  void aStoppedServerIsSaidToBeAwayQuicklyAndComesBack() throws Exception {
    UUID organizationId = Ids.next(6);
    write(organizationId, "before");
    running.stopServer();
    try {
      long begun = System.nanoTime();
      assertThat(reads(organizationId)).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    } finally {
      running.startServer();
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!reads(organizationId)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  /** Whether a read works; the only way in which it may not is the one problem. */
  private boolean reads(UUID organizationId) throws Exception {
    try {
      texts(organizationId, "select text from sample.note");
      await(
          running
              .database()
              .inSession(
                  organizationId,
                  session ->
                      session.createQuery("select text from Note", String.class).getResultList()));
      return true;
    } catch (ProblemException problem) {
      assertThat(problem.code()).isEqualTo(CommonProblem.DATABASE_UNAVAILABLE);
      return false;
    }
  }
}
