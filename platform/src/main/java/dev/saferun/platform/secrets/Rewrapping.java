package dev.saferun.platform.secrets;

import dev.saferun.platform.BrokenSealException;
import dev.saferun.platform.Database;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.KeyRotation;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every wrapped data key under the newest version of the key-encryption key, one after the
 * other. Each row says itself what it is wrapped by, so there is no list of what is done: whoever
 * comes after a kill goes on with the rows that are left. A row is replaced only while it is still
 * what was read, so two nodes at it do each key once.
 */
final class Rewrapping implements KeyRotation {

  private static final Logger LOG = LoggerFactory.getLogger(Rewrapping.class);

  /** A key that was wrapped in the very moment of a rotation is found by looking again. */
  private static final Duration LOOK_AGAIN = Duration.ofHours(1);

  private record Done(int version, long at) {}

  private final Keepers keepers;
  private final DataKeyRows rows;
  private final StoredDataKeys keys;
  private final Database database;
  private final SecretsMetrics metrics;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable CompletableFuture<Integer>> underWay =
      new AtomicReference<>();
  private volatile @Nullable Done done;

  Rewrapping(
      Keepers keepers,
      DataKeyRows rows,
      StoredDataKeys keys,
      Database database,
      SecretsMetrics metrics,
      LongSupplier nanoTime) {
    this.keepers = keepers;
    this.rows = rows;
    this.keys = keys;
    this.database = database;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletionStage<Integer> rotate() {
    return keepers
        .current()
        .rotate()
        .thenApply(
            version -> {
              LOG.atInfo()
                  .addKeyValue("keeper", keepers.current().name())
                  .addKeyValue("version", version)
                  .log("the key-encryption key has a new version");
              rewrap().exceptionally(fault -> 0);
              return version;
            });
  }

  /** Who asks while one is under way waits for it and then has one more: that sees the newest. */
  @Override
  public CompletionStage<Integer> rewrap() {
    CompletableFuture<Integer> mine = new CompletableFuture<>();
    CompletableFuture<Integer> before = underWay.getAndSet(mine);
    CompletionStage<?> turn =
        before == null
            ? CompletableFuture.completedFuture(null)
            : before.handle((count, fault) -> null);
    turn.thenRunAsync(() -> run(mine), keepers.threads());
    return mine;
  }

  private void run(CompletableFuture<Integer> mine) {
    try {
      int count = all();
      underWay.compareAndSet(mine, null);
      mine.complete(count);
    } catch (RuntimeException fault) {
      underWay.compareAndSet(mine, null);
      mine.completeExceptionally(StoredDataKeys.cause(fault));
    }
  }

  /** Asks the keeper which version wraps, and begins where not everything is under it. */
  void look() {
    int newest = await(keepers.current().newestVersion());
    Done last = done;
    boolean settled =
        last != null
            && last.version == newest
            && nanoTime.getAsLong() - last.at < LOOK_AGAIN.toNanos();
    if (!settled && underWay.get() == null) {
      rewrap().exceptionally(fault -> 0);
    }
  }

  private int all() {
    long begun = nanoTime.getAsLong();
    int newest = await(keepers.current().newestVersion());
    int count = 0;
    for (UUID organizationId : await(database.organizationIds())) {
      count += organization(organizationId, newest);
    }
    done = new Done(newest, begun);
    if (count > 0) {
      LOG.atInfo()
          .addKeyValue("version", newest)
          .addKeyValue("keys", count)
          .log("the data keys are wrapped by the newest version");
    }
    return count;
  }

  private int organization(UUID organizationId, int newest) {
    int count = 0;
    String keeper = keepers.current().name();
    for (DataKeyRow row : await(rows.outdated(organizationId, keeper, newest))) {
      try {
        count += one(organizationId, row) ? 1 : 0;
      } catch (BrokenSealException unreadable) {
        // It was reported where it was found; no other key waits for it.
        LOG.debug("a data key that does not open is left as it is");
      }
    }
    return count;
  }

  private boolean one(UUID organizationId, DataKeyRow row) {
    byte[] bytes = await(keys.unwrap(organizationId, row));
    try {
      WrappedKey anew =
          await(keepers.current().wrap(bytes, DataKeyRow.context(organizationId, row.id())));
      boolean replaced = await(rows.rewrap(organizationId, row, anew));
      if (replaced) {
        metrics.rewrapped();
      }
      return replaced;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Waits on the virtual thread of this run. */
  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException fault) {
      if (StoredDataKeys.cause(fault) instanceof RuntimeException cause) {
        throw cause;
      }
      throw fault;
    }
  }
}
