package dev.saferun.platform;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an organization's state anew into memory, one read at a time for each organization, so that
 * an older read can never overwrite a newer one. Requests that come while a read is under way share
 * one more read after it. A read that fails is tried again until one succeeds: the change that was
 * told of must not be missed because the database was away.
 */
public final class OrganizationRefresh {

  private static final long RETRY_MILLIS = 500;

  private final Function<UUID, CompletionStage<Void>> read;
  private final Map<UUID, Line> lines = new HashMap<>();

  public OrganizationRefresh(Function<UUID, CompletionStage<Void>> read) {
    this.read = read;
  }

  /**
   * Completes when a read that began after this call has been applied; fails when that one fails.
   */
  public CompletionStage<Void> request(UUID organizationId) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (lines) {
      Line line = lines.get(organizationId);
      if (line != null) {
        return line.join(done);
      }
      lines.put(organizationId, new Line());
    }
    run(organizationId, done);
    return done;
  }

  private void run(UUID organizationId, CompletableFuture<Void> done) {
    begin(organizationId)
        .whenComplete(
            (nothing, fault) -> {
              CompletableFuture<Void> next = next(organizationId);
              if (next != null) {
                run(organizationId, next);
              } else if (fault != null) {
                retry(organizationId);
              }
              if (fault == null) {
                done.complete(null);
              } else {
                done.completeExceptionally(fault);
              }
            });
  }

  private CompletionStage<Void> begin(UUID organizationId) {
    try {
      return read.apply(organizationId);
    } catch (RuntimeException fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  private @Nullable CompletableFuture<Void> next(UUID organizationId) {
    synchronized (lines) {
      Line line = lines.get(organizationId);
      CompletableFuture<Void> next = line == null ? null : line.next;
      if (next == null || line == null) {
        lines.remove(organizationId);
        return null;
      }
      line.next = null;
      return next;
    }
  }

  private void retry(UUID organizationId) {
    CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS)
        .execute(() -> request(organizationId).exceptionally(fault -> null));
  }

  /** The one read that waits behind the one under way, if any. */
  private static final class Line {
    private @Nullable CompletableFuture<Void> next;

    CompletableFuture<Void> join(CompletableFuture<Void> fresh) {
      CompletableFuture<Void> waiting = next == null ? fresh : next;
      next = waiting;
      return waiting;
    }
  }
}
