package dev.saferun.auth.store;

import dev.saferun.auth.keys.KeyEntry;
import dev.saferun.auth.keys.KeyIndex;
import dev.saferun.platform.Database;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes behind when keys were last used, in one transaction for each organization. */
@Context
class KeyUseWriter {

  private static final Logger LOG = LoggerFactory.getLogger(KeyUseWriter.class);
  private static final long TICK_SECONDS = 1;
  private static final long ROUND_SECONDS_MAX = 10;

  private final Database database;
  private final KeyRows rows;
  private final KeyIndex index;
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("key-use-", 0).factory());

  private @Nullable ScheduledFuture<?> rounds;

  KeyUseWriter(Database database, KeyRows rows, KeyIndex index) {
    this.database = database;
    this.rows = rows;
    this.index = index;
  }

  @PostConstruct
  void start() {
    // The next round begins when the last has ended, so a slow database meets no growing queue.
    rounds =
        clockwork.scheduleWithFixedDelay(this::round, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    if (rounds != null) {
      rounds.cancel(false);
    }
    clockwork.shutdown();
    round();
  }

  private void round() {
    try {
      write().toCompletableFuture().get(ROUND_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException away) {
      LOG.atDebug().setCause(away).log("the last use of keys is written in a later round");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException fault) {
      LOG.atWarn().setCause(fault).log("the last use of keys could not be written");
    }
  }

  /** One round: what is due now. */
  CompletionStage<Void> write() {
    Map<UUID, List<KeyEntry>> due = new HashMap<>();
    for (KeyEntry entry : index.entries()) {
      if (entry.use().dueMillis() != 0) {
        due.computeIfAbsent(entry.actor().organizationId(), id -> new ArrayList<>()).add(entry);
      }
    }
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    for (Map.Entry<UUID, List<KeyEntry>> organization : due.entrySet()) {
      done = done.thenCompose(before -> write(organization.getKey(), organization.getValue()));
    }
    return done;
  }

  private CompletionStage<Void> write(UUID organizationId, List<KeyEntry> entries) {
    Map<KeyEntry, Long> times = new HashMap<>();
    entries.forEach(entry -> times.put(entry, entry.use().dueMillis()));
    return database
        .inSession(organizationId, session -> write(session, organizationId, times))
        .thenAccept(done -> times.forEach((entry, millis) -> entry.use().written(millis)));
  }

  private CompletionStage<Void> write(
      Stage.Session session, UUID organizationId, Map<KeyEntry, Long> times) {
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    for (Map.Entry<KeyEntry, Long> used : times.entrySet()) {
      UUID id = used.getKey().actor().id();
      Instant at = Instant.ofEpochMilli(used.getValue());
      done =
          done.thenCompose(before -> rows.used(session, organizationId, id, at))
              .thenAccept(count -> {});
    }
    return done;
  }
}
