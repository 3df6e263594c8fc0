package dev.saferun.platform.secrets;

import dev.saferun.platform.BrokenSealException;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.DataKeys;
import dev.saferun.platform.Database;
import dev.saferun.platform.Ids;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hibernate.reactive.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Data keys from memory, and into it: from the table through the keeper, one flight for each. */
final class StoredDataKeys implements DataKeys {

  /** What the change feed calls a new data key. */
  static final String TOPIC = "data-keys";

  private static final Logger LOG = LoggerFactory.getLogger(StoredDataKeys.class);
  private static final int KEY_BYTES = 32;

  /** A fetch that failed is not begun again by a check before this time is over. */
  private static final long AGAIN_AFTER_NANOS = 1_000_000_000L;

  private record Find(UUID organizationId, UUID keyId) {}

  private final Keepers keepers;
  private final DataKeyRows rows;
  private final HeldKeys held;
  private final Database database;
  private final ChangeFeed changes;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Map<UUID, CompletableFuture<DataKey>> flights = new ConcurrentHashMap<>();
  private final Map<Find, CompletableFuture<Optional<DataKey>>> finds = new ConcurrentHashMap<>();
  private final Map<UUID, Long> failedAt = new ConcurrentHashMap<>();
  private final Set<UUID> outdated = ConcurrentHashMap.newKeySet();
  private final Set<UUID> unreadable = ConcurrentHashMap.newKeySet();

  StoredDataKeys(
      Keepers keepers,
      DataKeyRows rows,
      HeldKeys held,
      Database database,
      ChangeFeed changes,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.keepers = keepers;
    this.rows = rows;
    this.held = held;
    this.database = database;
    this.changes = changes;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  @Override
  public Optional<DataKey> current(UUID organizationId) {
    Optional<DataKey> found = held.current(organizationId);
    if (found.isEmpty() && mayBegin(organizationId)) {
      begin(organizationId);
    }
    return found;
  }

  private void begin(UUID organizationId) {
    try {
      keepers.threads().execute(() -> fetch(organizationId));
    } catch (RejectedExecutionException closing) {
      LOG.debug("a data key is not fetched any more: the appliance is closing");
    }
  }

  private boolean mayBegin(UUID organizationId) {
    if (flights.containsKey(organizationId)) {
      return false;
    }
    Long failed = failedAt.get(organizationId);
    return failed == null || nanoTime.getAsLong() - failed >= AGAIN_AFTER_NANOS;
  }

  @Override
  public CompletionStage<DataKey> fetch(UUID organizationId) {
    Optional<DataKey> found = held.current(organizationId);
    return found.isPresent()
        ? CompletableFuture.completedStage(found.get())
        : refresh(organizationId);
  }

  /** Reads and unwraps anew, also what is in memory; who comes meanwhile shares the flight. */
  CompletionStage<DataKey> refresh(UUID organizationId) {
    CompletableFuture<DataKey> mine = new CompletableFuture<>();
    CompletableFuture<DataKey> flying = flights.putIfAbsent(organizationId, mine);
    if (flying != null) {
      return flying;
    }
    outdated.remove(organizationId);
    staged(() -> read(organizationId))
        .whenComplete(
            (key, fault) -> {
              flights.remove(organizationId, mine);
              settle(organizationId, fault != null);
              complete(mine, key, fault);
            });
    return mine;
  }

  private void settle(UUID organizationId, boolean failed) {
    if (failed) {
      failedAt.put(organizationId, nanoTime.getAsLong());
      outdated.add(organizationId);
    } else {
      failedAt.remove(organizationId);
    }
  }

  /** Another node, or this one, made a new key: a read that begins now sees it. */
  void changed(UUID organizationId) {
    outdated.add(organizationId);
    CompletionStage<DataKey> flying = flights.get(organizationId);
    if (flying == null) {
      refresh(organizationId);
    } else {
      flying.whenComplete((key, fault) -> keepers.threads().execute(() -> again(organizationId)));
    }
  }

  private void again(UUID organizationId) {
    if (outdated.contains(organizationId)) {
      refresh(organizationId);
    }
  }

  /** Whether the organization's key should be unwrapped again now. */
  boolean isDue(UUID organizationId) {
    return mayBegin(organizationId)
        && (held.isDue(organizationId) || outdated.contains(organizationId));
  }

  private CompletionStage<DataKey> read(UUID organizationId) {
    return rows.newest(organizationId)
        .thenCompose(
            row -> row.isPresent() ? open(organizationId, row.get()) : first(organizationId))
        .thenApply(key -> held.putNewest(organizationId, key));
  }

  private CompletionStage<HeldKeys.Unwrapped> first(UUID organizationId) {
    UUID id = Ids.next(clock.millis());
    byte[] bytes = Ids.secret(KEY_BYTES);
    return keepers
        .current()
        .wrap(bytes, DataKeyRow.context(organizationId, id))
        .thenCompose(
            wrapped -> {
              DataKeyRow row = new DataKeyRow(id, 1, wrapped, clock.instant());
              return rows.insertFirst(organizationId, row)
                  .thenCompose(
                      mine -> mine ? completed(row, bytes) : theirs(organizationId, bytes));
            });
  }

  private static CompletionStage<HeldKeys.Unwrapped> completed(DataKeyRow row, byte[] bytes) {
    return CompletableFuture.completedStage(
        new HeldKeys.Unwrapped(row.id(), row.number(), row.createdAt(), bytes));
  }

  private CompletionStage<HeldKeys.Unwrapped> theirs(UUID organizationId, byte[] unused) {
    Arrays.fill(unused, (byte) 0);
    return rows.newest(organizationId).thenCompose(row -> open(organizationId, row.orElseThrow()));
  }

  private CompletionStage<HeldKeys.Unwrapped> open(UUID organizationId, DataKeyRow row) {
    return unwrap(organizationId, row)
        .thenApply(bytes -> new HeldKeys.Unwrapped(row.id(), row.number(), row.createdAt(), bytes));
  }

  /** The key's bytes; one that does not open is remembered for health. */
  CompletionStage<byte[]> unwrap(UUID organizationId, DataKeyRow row) {
    return keepers
        .unwrap(row.wrapped(), DataKeyRow.context(organizationId, row.id()))
        .whenComplete(
            (bytes, fault) -> {
              if (fault == null) {
                unreadable.remove(row.id());
              } else if (cause(fault) instanceof BrokenSealException && unreadable.add(row.id())) {
                LOG.atError()
                    .addKeyValue("organization", organizationId)
                    .addKeyValue("key", row.id())
                    .log(
                        "a data key does not open: it was altered, or its keeper's key is another");
              }
            });
  }

  int unreadable() {
    return unreadable.size();
  }

  @Override
  public CompletionStage<Optional<DataKey>> find(UUID organizationId, UUID keyId) {
    Optional<DataKey> found = held.find(organizationId, keyId);
    if (found.isPresent()) {
      return CompletableFuture.completedStage(found);
    }
    Find find = new Find(organizationId, keyId);
    CompletableFuture<Optional<DataKey>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<DataKey>> flying = finds.putIfAbsent(find, mine);
    if (flying != null) {
      return flying;
    }
    staged(() -> readOlder(find))
        .whenComplete(
            (key, fault) -> {
              finds.remove(find, mine);
              complete(mine, key, fault);
            });
    return mine;
  }

  private CompletionStage<Optional<DataKey>> readOlder(Find find) {
    return rows.find(find.organizationId, find.keyId)
        .thenCompose(
            row ->
                row.isEmpty()
                    ? CompletableFuture.completedStage(Optional.empty())
                    : open(find.organizationId, row.get())
                        .thenApply(key -> Optional.of(held.putOlder(find.organizationId, key))));
  }

  @Override
  public CompletionStage<DataKey> rotate(
      UUID organizationId, Function<Stage.Session, CompletionStage<Void>> alongside) {
    UUID id = Ids.next(clock.millis());
    byte[] bytes = Ids.secret(KEY_BYTES);
    return keepers
        .current()
        .wrap(bytes, DataKeyRow.context(organizationId, id))
        .thenCompose(
            wrapped ->
                database.inSession(
                    organizationId,
                    session ->
                        rows.replaceNewest(session, organizationId, id, wrapped, clock.instant())
                            .thenCompose(
                                number -> after(session, organizationId, number, alongside))))
        .thenApply(
            number ->
                held.putNewest(
                    organizationId, new HeldKeys.Unwrapped(id, number, clock.instant(), bytes)))
        .whenComplete(
            (key, fault) -> {
              if (fault != null) {
                Arrays.fill(bytes, (byte) 0);
              }
            });
  }

  private CompletionStage<Integer> after(
      Stage.Session session,
      UUID organizationId,
      int number,
      Function<Stage.Session, CompletionStage<Void>> alongside) {
    return alongside
        .apply(session)
        .thenCompose(done -> changes.publish(session, organizationId, TOPIC))
        .thenApply(published -> number);
  }

  private static <T> CompletionStage<T> staged(Supplier<CompletionStage<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException fault) {
      return CompletableFuture.failedStage(fault);
    }
  }

  private static <T> void complete(CompletableFuture<T> future, T value, Throwable fault) {
    if (fault == null) {
      future.complete(value);
    } else {
      future.completeExceptionally(cause(fault));
    }
  }

  static Throwable cause(Throwable fault) {
    Throwable cause = fault.getCause();
    return fault instanceof java.util.concurrent.CompletionException && cause != null
        ? cause
        : fault;
  }
}
