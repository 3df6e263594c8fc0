package dev.saferun.replay.drain;

import com.sun.management.OperatingSystemMXBean;
import dev.saferun.replay.CaptureHealth;
import dev.saferun.replay.JournalConfiguration;
import dev.saferun.replay.RunsConfiguration;
import dev.saferun.replay.capture.Warmup;
import dev.saferun.replay.journal.Damaged;
import dev.saferun.replay.journal.Journal;
import dev.saferun.replay.journal.JournalBatch;
import dev.saferun.replay.journal.JournalEntry;
import dev.saferun.replay.journal.JournalReader;
import dev.saferun.replay.journal.JournalStats;
import dev.saferun.replay.store.FrameStore;
import io.micronaut.context.annotation.Context;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the journal into the database: one thread, one transaction under way, in the order of the
 * journal. A batch is released only after all of it is committed; a crash between the two lets it
 * be written again, which does no harm.
 *
 * <p>Its share of the machine follows one rule. Caught up, it lets records gather for {@code
 * drainGather} before it reads. Behind, it reads batches one after the other and rests between them
 * as {@link Share} says. While the database is away it tries again with growing pauses of at most
 * two seconds.
 */
@Context
public final class Drain implements CaptureHealth {

  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final Duration PAUSE_MIN = Duration.ofMillis(50);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

  private final Journal journal;
  private final RunsConfiguration configuration;
  private final Progress progress;
  private final Warmup warmup;
  private final BatchWriter writer;
  private final Share share;
  private final LongCounter drained;
  private final LongCounter quarantined;
  private final LongCounter damaged;
  private final Thread thread;
  private volatile boolean closing;
  private volatile long quarantinedTotal;

  @Inject
  Drain(
      Journal journal,
      RunsConfiguration configuration,
      JournalConfiguration journalConfiguration,
      Progress progress,
      Warmup warmup,
      FrameStore store,
      Meter meter) {
    this.journal = journal;
    this.configuration = configuration;
    this.progress = progress;
    this.warmup = warmup;
    this.writer = new BatchWriter(store);
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    this.share =
        new Share(
            configuration.busyProcessorLoad(),
            journalConfiguration.totalBytesMax(),
            system::getCpuLoad);
    this.drained = meter.counterBuilder("saferun.drain.records").build();
    this.quarantined = meter.counterBuilder("saferun.drain.quarantined").build();
    this.damaged = meter.counterBuilder("saferun.drain.damaged").build();
    DrainGauges.register(meter, this);
    this.thread = Thread.ofPlatform().name("drain").daemon().start(this::run);
  }

  @Override
  public Status now() {
    JournalStats stats = journal.stats();
    return new Status(
        stats.healthy(),
        stats.depthRecords(),
        stats.depthBytes(),
        stats.oldestAgeMillis(),
        quarantinedTotal,
        warmup.done());
  }

  private void run() {
    while (!closing) {
      try (JournalReader reader = journal.reader(progress.drainedPosition() + 1)) {
        readOn(reader);
      } catch (IOException | RuntimeException fault) {
        LOG.error("the drain cannot go on; it begins anew", fault);
        rest(PAUSE_MAX.toNanos());
      }
    }
  }

  private void readOn(JournalReader reader) throws IOException {
    while (!closing) {
      long begun = System.nanoTime();
      JournalBatch batch =
          reader.read(configuration.drainRecordsMax(), configuration.drainBytesMax());
      if (batch.isEmpty()) {
        awaitMore();
        continue;
      }
      batch.damaged().forEach(this::report);
      long absent = write(batch);
      if (closing) {
        return;
      }
      journal.release(batch.nextPosition() - 1);
      progress.reached(batch.nextPosition() - 1);
      drained.add(batch.entries().size());
      long worked = System.nanoTime() - begun - absent;
      rest(share.restNanos(worked, journal.stats().depthBytes()));
    }
  }

  private void awaitMore() {
    try {
      journal
          .moreAfter(progress.drainedPosition())
          .toCompletableFuture()
          .orTimeout(PAUSE_MAX.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException nothingYet) {
      return;
    }
    rest(configuration.drainGather().toNanos());
  }

  /**
   * Returns when all of the batch is committed, or when the appliance goes down, with the
   * nanoseconds for which the database was away: waiting is no work that a rest has to follow.
   */
  private long write(JournalBatch batch) {
    long absent = 0;
    long pause = PAUSE_MIN.toNanos();
    for (Map.Entry<UUID, List<JournalEntry>> one : byOrganization(batch).entrySet()) {
      while (!closing) {
        long tried = System.nanoTime();
        try {
          writer.write(one.getKey(), one.getValue());
          break;
        } catch (BatchWriter.DatabaseAway away) {
          if (pause == PAUSE_MIN.toNanos()) {
            LOG.atWarn().setCause(away.getCause()).log("the database takes no records now");
          }
          rest(pause);
          pause = Math.min(pause * 2, PAUSE_MAX.toNanos());
          absent += System.nanoTime() - tried;
        }
      }
    }
    long total = writer.quarantined();
    quarantined.add(total - quarantinedTotal);
    quarantinedTotal = total;
    return absent;
  }

  private static Map<UUID, List<JournalEntry>> byOrganization(JournalBatch batch) {
    Map<UUID, List<JournalEntry>> groups = new LinkedHashMap<>();
    for (JournalEntry entry : batch.entries()) {
      groups
          .computeIfAbsent(entry.header().organization(), organization -> new ArrayList<>())
          .add(entry);
    }
    return groups;
  }

  private void report(Damaged lost) {
    damaged.add(lost.lastPosition() - lost.firstPosition() + 1);
    LOG.atError()
        .addKeyValue("segment", lost.segment())
        .addKeyValue("first", lost.firstPosition())
        .addKeyValue("last", lost.lastPosition())
        .log("storage lost durable records of the journal");
  }

  private void rest(long nanos) {
    if (nanos > 0 && !closing) {
      LockSupport.parkNanos(this, nanos);
    }
  }

  /** Stops after the transaction that is under way; what is left is drained at the next start. */
  @PreDestroy
  void close() throws InterruptedException {
    closing = true;
    LockSupport.unpark(thread);
    thread.join(PAUSE_MAX.toMillis() * 2);
  }
}
