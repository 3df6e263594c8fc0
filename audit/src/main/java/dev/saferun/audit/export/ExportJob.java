package dev.saferun.audit.export;

import dev.saferun.platform.Database;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes exports that were asked for, part by part, and takes away those whose time is over. */
@Context
public class ExportJob {

  private static final Logger LOG = LoggerFactory.getLogger(ExportJob.class);
  private static final long EVERY_SECONDS = 10;
  private static final long PART_SECONDS_MAX = 60;

  private final Database database;
  private final ExportStore store;
  private final ExportWriter writer;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-export").factory());

  private volatile @Nullable ScheduledFuture<?> looking;

  ExportJob(Database database, ExportStore store, ExportWriter writer) {
    this.database = database;
    this.store = store;
    this.writer = writer;
  }

  @PostConstruct
  void start() {
    looking =
        thread.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    ScheduledFuture<?> looks = looking;
    if (looks != null) {
      looks.cancel(false);
    }
    thread.shutdownNow();
  }

  /** Begins at once with what was asked for here; another node would find it later. */
  public void asked(UUID organizationId) {
    thread.execute(() -> write(organizationId));
  }

  private void look() {
    try {
      for (UUID organization : await(database.organizationIds())) {
        await(store.expire(organization));
        write(organization);
      }
    } catch (RuntimeException away) {
      LOG.atWarn().setCause(away).log("exports could not be looked at; it is tried again");
    }
  }

  private void write(UUID organization) {
    Optional<Export> taken;
    do {
      taken = await(store.take(organization));
      taken.ifPresent(this::write);
    } while (taken.isPresent());
  }

  /**
   * Where the database is away the export stays as it is, and is taken again when its hold ends.
   */
  private void write(Export taken) {
    Export export = taken;
    try {
      while (export.state() == Export.State.RUNNING) {
        await(store.write(export, await(writer.next(export))));
        export = await(store.find(export.organizationId(), export.id())).orElseThrow();
      }
    } catch (CompletionException away) {
      LOG.atWarn()
          .addKeyValue("export", export.id())
          .setCause(away)
          .log("an export could not go on; it is taken up again");
    } catch (RuntimeException fault) {
      LOG.atError().addKeyValue("export", export.id()).setCause(fault).log("an export failed");
      await(store.fail(export, "it cannot be written; the appliance's log has the reason"));
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PART_SECONDS_MAX, TimeUnit.SECONDS).join();
  }
}
