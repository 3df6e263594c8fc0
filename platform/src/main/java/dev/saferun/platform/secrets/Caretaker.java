package dev.saferun.platform.secrets;

import dev.saferun.platform.DataKey;
import dev.saferun.platform.Database;
import dev.saferun.platform.SecretsHealth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every organization's key in memory before anyone asks, renews it before it leaves, takes it
 * away when its time is over, and tells how all that stands.
 */
final class Caretaker implements SecretsHealth {

  private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
  private static final Duration CARE_EVERY = Duration.ofSeconds(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final int CARE_PART = 20;

  /** Keys that are unwrapped at once, so that the database and the keeper serve others too. */
  private static final int AT_ONCE = 16;

  /** How long a start waits for the first keys; what comes later comes in the background. */
  private static final Duration FIRST_KEYS_MAX = Duration.ofSeconds(3);

  private final Keepers keepers;
  private final HeldKeys held;
  private final StoredDataKeys keys;
  private final Rewrapping rewrapping;
  private final Database database;
  private final InstantSource clock;
  private final Set<UUID> known = ConcurrentHashMap.newKeySet();

  Caretaker(
      Keepers keepers,
      HeldKeys held,
      StoredDataKeys keys,
      Rewrapping rewrapping,
      Database database,
      InstantSource clock) {
    this.keepers = keepers;
    this.held = held;
    this.keys = keys;
    this.rewrapping = rewrapping;
    this.database = database;
    this.clock = clock;
  }

  /** Returns when every organization's key is in memory, or when that takes too long. */
  void start(Duration life) {
    Duration often = life.dividedBy(CARE_PART);
    Duration every = often.compareTo(CARE_EVERY) < 0 ? often : CARE_EVERY;
    CompletableFuture<Void> first = CompletableFuture.runAsync(this::learn, keepers.threads());
    await(first);
    keepers.every(every, held::expire);
    keepers.every(every, this::refresh);
    keepers.every(LOOK_EVERY, this::learn);
    keepers.every(LOOK_EVERY, this::look);
    keepers.threads().execute(this::look);
  }

  private static void await(CompletableFuture<Void> first) {
    try {
      first.get(FIRST_KEYS_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException later) {
      LOG.warn("not every data key is in memory yet; the start goes on, and so does the fetching");
    }
  }

  /** Learns which organizations there are, and has the keys of new ones. */
  private void learn() {
    quietly(database.organizationIds().thenAccept(known::addAll));
    refresh();
  }

  private void look() {
    try {
      rewrapping.look();
    } catch (RuntimeException away) {
      LOG.debug("the keeper could not be asked for its newest version");
    }
  }

  private void refresh() {
    List<CompletionStage<DataKey>> begun = new ArrayList<>(AT_ONCE);
    for (UUID organizationId : known) {
      if (!keys.isDue(organizationId)) {
        continue;
      }
      begun.add(keys.refresh(organizationId));
      if (begun.size() == AT_ONCE) {
        begun.forEach(Caretaker::quietly);
        begun.clear();
      }
    }
    begun.forEach(Caretaker::quietly);
  }

  /** Waits; what failed is told by the keeper's own state and tried again in its time. */
  private static void quietly(CompletionStage<?> stage) {
    stage.handle((result, fault) -> fault == null).toCompletableFuture().join();
  }

  @Override
  public Status now() {
    Optional<WatchedKeeper.Failing> failing = keepers.current().failing();
    int missing = (int) known.stream().filter(id -> held.current(id).isEmpty()).count();
    return new Status(
        keepers.current().name(),
        failing.map(one -> one.outcome().text()).orElse(null),
        failing.map(WatchedKeeper.Failing::since).orElse(null),
        held.size(),
        missing,
        held.oldestInMemory(),
        held.oldestKey(clock.instant()),
        keys.unreadable());
  }
}
