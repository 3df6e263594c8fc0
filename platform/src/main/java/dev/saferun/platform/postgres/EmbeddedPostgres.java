package dev.saferun.platform.postgres;

import dev.saferun.platform.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server as a child process, kept alive until it is closed.
 *
 * <p>It is as safe against a crash as any: fsync and full page writes are on. A server that dies is
 * started again on the same port, at once the first time and with growing pauses after that. A
 * server that a killed appliance left behind is stopped and replaced at the next start, so that
 * there is always a parent that watches it.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final long PAUSE_MILLIS_MIN = 100;
  private static final long PAUSE_MILLIS_MAX = 30_000;
  private static final long STEADY_NANOS = Duration.ofMinutes(1).toNanos();

  private enum Wish {
    RUN,
    PAUSE,
    END
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wishChanged = lock.newCondition();
  private final PostgresCluster cluster;
  private final int port;
  private final Thread supervisor;
  private Wish wish = Wish.RUN;
  private volatile @Nullable Process server;

  private EmbeddedPostgres(PostgresCluster cluster, int port, Process server) {
    this.cluster = cluster;
    this.port = port;
    this.server = server;
    this.supervisor = Thread.ofVirtual().name("postgres-supervisor").unstarted(this::supervise);
  }

  /** Starts the server over {@code DATA/postgres/data} and returns when it takes connections. */
  public static EmbeddedPostgres start(DataDirectory directory, Path binariesCache) {
    try {
      PostgresCluster cluster = new PostgresCluster(directory, binariesCache);
      cluster.prepare();
      cluster.evict();
      int port = cluster.choosePort();
      EmbeddedPostgres postgres = new EmbeddedPostgres(cluster, port, launch(cluster, port));
      postgres.supervisor.start();
      return postgres;
    } catch (IOException fault) {
      throw new UncheckedIOException("the embedded PostgreSQL does not start", fault);
    }
  }

  /** Where it listens, on 127.0.0.1. */
  public int port() {
    return port;
  }

  public String superuser() {
    return PostgresCluster.SUPERUSER;
  }

  public String password() {
    return cluster.password();
  }

  /** The server's process id, empty while there is none. */
  public OptionalLong processId() {
    Process current = server;
    return current != null && current.isAlive()
        ? OptionalLong.of(current.pid())
        : OptionalLong.empty();
  }

  /** Stops the server until {@link #resume}. */
  public void pause() {
    want(Wish.PAUSE);
    stop();
  }

  /** Starts it again after {@link #pause}; returns at once, the supervisor does it. */
  public void resume() {
    want(Wish.RUN);
  }

  @Override
  public void close() {
    want(Wish.END);
    stop();
    try {
      supervisor.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    // A start that was under way when the wish changed.
    stop();
  }

  private void stop() {
    try {
      cluster.stop();
    } catch (IOException fault) {
      throw new UncheckedIOException("the embedded PostgreSQL does not stop", fault);
    }
  }

  private void want(Wish next) {
    lock.lock();
    try {
      if (wish != Wish.END) {
        wish = next;
        wishChanged.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void supervise() {
    long pauseMillis = 0;
    try {
      while (true) {
        long since = System.nanoTime();
        Process current = server;
        if (current != null) {
          int status = current.waitFor();
          server = null;
          LOG.atInfo().addKeyValue("status", status).log("the embedded PostgreSQL ended");
        }
        pauseMillis = System.nanoTime() - since > STEADY_NANOS ? 0 : pauseMillis;
        if (!awaitTurn(pauseMillis)) {
          return;
        }
        restart();
        pauseMillis = Math.clamp(pauseMillis * 2, PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the pause to pass and for a wish to run; false when the end is wished. */
  private boolean awaitTurn(long pauseMillis) throws InterruptedException {
    lock.lock();
    try {
      long leftNanos = Duration.ofMillis(pauseMillis).toNanos();
      while (wish == Wish.PAUSE || (wish == Wish.RUN && leftNanos > 0)) {
        if (wish == Wish.PAUSE) {
          wishChanged.await();
          leftNanos = 0;
        } else {
          leftNanos = wishChanged.awaitNanos(leftNanos);
        }
      }
      return wish == Wish.RUN;
    } finally {
      lock.unlock();
    }
  }

  private void restart() {
    try {
      cluster.evict();
      server = launch(cluster, port);
      LOG.info("the embedded PostgreSQL was started again");
    } catch (IOException | IllegalStateException | UncheckedIOException fault) {
      LOG.warn("the embedded PostgreSQL did not start again; it is tried further", fault);
    }
  }

  private static Process launch(PostgresCluster cluster, int port) throws IOException {
    Process process = cluster.launch(port);
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!cluster.ready(process.pid())) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "the embedded PostgreSQL did not become ready; see " + cluster.startLog());
      }
      pauseBriefly(process);
    }
    return process;
  }

  private static void pauseBriefly(Process starting) throws IOException {
    try {
      Thread.sleep(Duration.ofMillis(20));
    } catch (InterruptedException interrupted) {
      starting.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the embedded PostgreSQL started", interrupted);
    }
  }
}
