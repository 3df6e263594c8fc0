package dev.saferun.appliance.serve;

import dev.saferun.auth.Bootstrap;
import dev.saferun.auth.IssuedKey;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first start makes an organization and hands its admin key over in a file that only its owner
 * can read. A start that goes on without the database looks after that when the database is there.
 */
@Singleton
final class FirstStart {

  private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
  private static final String FILE = "bootstrap-key";
  private static final long AGAIN_AFTER_MILLIS = 1_000;

  private final Bootstrap bootstrap;
  private final DataDirectory data;
  private volatile boolean closed;

  FirstStart(Bootstrap bootstrap, DataDirectory data) {
    this.bootstrap = bootstrap;
    this.data = data;
  }

  void run() {
    try {
      attempt().join();
    } catch (CompletionException fault) {
      if (!isAway(fault)) {
        throw fault;
      }
      later();
    }
  }

  private CompletableFuture<Void> attempt() {
    boolean delivered = Files.exists(data.path().resolve(FILE), LinkOption.NOFOLLOW_LINKS);
    return bootstrap
        .firstStart(delivered)
        .thenAccept(key -> key.ifPresent(this::handOver))
        .toCompletableFuture();
  }

  private void handOver(IssuedKey issued) {
    data.secret(FILE, () -> (issued.secret() + "\n").getBytes(StandardCharsets.US_ASCII));
    LOG.atInfo()
        .addKeyValue("file", data.path().resolve(FILE))
        .log("first start: the admin key is in this file; move it to a safe place");
  }

  private void later() {
    CompletableFuture.delayedExecutor(AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS)
        .execute(this::again);
  }

  private void again() {
    if (closed) {
      return;
    }
    try {
      run();
    } catch (CompletionException fault) {
      LOG.atError().setCause(fault).log("the first start could not be completed");
    }
  }

  private static boolean isAway(Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    return cause instanceof ProblemException problem
        && problem.code() == CommonProblem.DATABASE_UNAVAILABLE;
  }

  @PreDestroy
  void close() {
    closed = true;
  }
}
