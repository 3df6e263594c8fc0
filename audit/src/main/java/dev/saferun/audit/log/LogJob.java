package dev.saferun.audit.log;

import dev.saferun.audit.AuditConfiguration;
import dev.saferun.platform.Database;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends what committed to the log of each organization, and signs logs that grew. */
@Context
class LogJob {

  private static final Logger LOG = LoggerFactory.getLogger(LogJob.class);
  private static final long SECONDS_MAX = 60;

  /** How often a log is looked at that this node did not append to: another node may have died. */
  private static final long OTHERS_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Database database;
  private final LogWriter writer;
  private final Strays strays;
  private final Checkpoints checkpoints;
  private final LogState state;
  private final Pace pace;
  private final AuditConfiguration configuration;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-log").factory());

  /** Only this job's thread touches it. */
  private final Map<UUID, Signing> signings = new HashMap<>();

  private volatile @Nullable ScheduledFuture<?> looking;

  LogJob(
      Database database,
      LogWriter writer,
      Strays strays,
      Checkpoints checkpoints,
      LogState state,
      Pace pace,
      AuditConfiguration configuration) {
    this.database = database;
    this.writer = writer;
    this.strays = strays;
    this.checkpoints = checkpoints;
    this.state = state;
    this.pace = pace;
    this.configuration = configuration;
  }

  @PostConstruct
  void start() {
    long millis = configuration.appendEvery().toMillis();
    looking = thread.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    ScheduledFuture<?> looks = looking;
    if (looks != null) {
      looks.cancel(false);
    }
    thread.shutdownNow();
  }

  private void look() {
    List<UUID> organizations;
    try {
      organizations = await(database.organizationIds());
    } catch (RuntimeException away) {
      if (state.failed(away)) {
        LOG.atWarn().setCause(away).log("the audit log waits for the database");
      }
      return;
    }
    boolean isWhole = true;
    for (UUID organization : organizations) {
      try {
        carryOn(organization);
      } catch (RuntimeException fault) {
        isWhole = false;
        if (state.failed(fault)) {
          LOG.atWarn()
              .addKeyValue("organization", organization)
              .setCause(fault)
              .log("the audit log could not be carried on; it is tried again");
        }
      }
    }
    if (isWhole) {
      state.worked();
    }
  }

  private void carryOn(UUID organization) {
    Signing signing = signings.get(organization);
    if (signing == null) {
      await(strays.gather(organization));
      signing = new Signing();
      signings.put(organization, signing);
    }
    int most;
    int appended;
    do {
      long begun = System.nanoTime();
      most = pace.piece(LogWriter.BATCH);
      appended = await(writer.append(organization, most));
      signing.isDue |= appended > 0;
      sign(organization, signing);
      rest(begun, appended);
    } while (appended == most);
  }

  /** Between the pieces of a backlog. */
  private void rest(long begun, int appended) {
    try {
      if (appended > 0) {
        pace.rest(System.nanoTime() - begun);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void sign(UUID organization, Signing signing) {
    long since = System.nanoTime() - signing.lookedAt;
    long every = configuration.checkpointEvery().toNanos();
    if (since >= (signing.isDue ? every : Math.max(every, OTHERS_NANOS))) {
      signing.lookedAt = System.nanoTime();
      signing.isDue = !await(checkpoints.sign(organization)) && signing.isDue;
    }
  }

  /** When the log of an organization was signed by this node. */
  private static final class Signing {
    private boolean isDue = true;
    private long lookedAt = System.nanoTime() - OTHERS_NANOS;
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(SECONDS_MAX, TimeUnit.SECONDS).join();
  }
}
