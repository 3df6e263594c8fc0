package dev.saferun.replay.approval;

import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agents that wait for a person, in memory: each costs an entry here and its own connection, no
 * thread and no connection to the database. The change feed wakes them, whichever node it was
 * decided on; one question an organization then finds out who is meant. Who begins to wait before
 * it looks misses nothing.
 */
@Singleton
public final class Waits {

  private static final Logger LOG = LoggerFactory.getLogger(Waits.class);

  /** Beyond it nobody waits: an agent is answered at once and asks again. */
  private static final int WAITS_MAX = 10_000;

  private static final String DECIDED =
      """
      select decision_id from replay.approval
      where organization_id = $1 and decision_id = any ($2) and state <> 'pending'
      """;

  private final Database database;
  private final Map<UUID, Set<Wait>> byOrganization = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  Waits(Database database, ChangeFeed changes) {
    this.database = database;
    changes.subscribe(Approvals.TOPIC, this::changed);
  }

  /** Somebody who waits; to be closed by whoever began it. */
  public final class Wait implements AutoCloseable {

    private final UUID organizationId;
    private final UUID decisionId;
    private final CompletableFuture<Void> changed = new CompletableFuture<>();

    private Wait(UUID organizationId, UUID decisionId) {
      this.organizationId = organizationId;
      this.decisionId = decisionId;
    }

    /** Completes when it is not pending any more, or when the time is over. Never fails. */
    public CompletionStage<Void> atMost(Duration time) {
      return changed
          .copy()
          .completeOnTimeout(null, Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
      remove(this);
    }
  }

  /** Begins to wait for this decision. */
  public Wait begin(UUID organizationId, UUID decisionId) {
    Wait wait = new Wait(organizationId, decisionId);
    if (count.incrementAndGet() > WAITS_MAX) {
      count.decrementAndGet();
      wait.changed.complete(null);
      return wait;
    }
    byOrganization.compute(
        organizationId,
        (organization, waits) -> {
          Set<Wait> all = waits == null ? ConcurrentHashMap.newKeySet() : waits;
          all.add(wait);
          return all;
        });
    return wait;
  }

  private void remove(Wait wait) {
    byOrganization.computeIfPresent(
        wait.organizationId,
        (organization, waits) -> {
          if (waits.remove(wait)) {
            count.decrementAndGet();
          }
          return waits.isEmpty() ? null : waits;
        });
  }

  /** How many wait now. */
  int waiting() {
    return count.get();
  }

  private void changed(UUID organizationId) {
    List<Wait> waits = new ArrayList<>(byOrganization.getOrDefault(organizationId, Set.of()));
    if (waits.isEmpty()) {
      return;
    }
    UUID[] ids = waits.stream().map(wait -> wait.decisionId).distinct().toArray(UUID[]::new);
    database
        .inConnection(
            organizationId,
            connection ->
                connection
                    .preparedQuery(DECIDED)
                    .execute(Tuple.tuple().addValue(organizationId).addValue(ids))
                    .toCompletionStage())
        .whenComplete((found, fault) -> wake(waits, found, fault));
  }

  private static void wake(List<Wait> waits, RowSet<Row> found, Throwable fault) {
    if (fault != null) {
      LOG.atDebug().setCause(fault).log("agents that wait go on waiting: nobody could be asked");
      return;
    }
    Set<UUID> decided = ConcurrentHashMap.newKeySet();
    found.forEach(row -> decided.add(row.getUUID(0)));
    waits.stream()
        .filter(wait -> decided.contains(wait.decisionId))
        .forEach(wait -> wait.changed.complete(null));
  }
}
