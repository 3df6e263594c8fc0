package dev.saferun.replay.capture;

import dev.saferun.evaluator.RunLog.Kept;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.WindowUse;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.PastRuns.DecisionPlace;
import dev.saferun.replay.journal.Idempotency;
import dev.saferun.replay.journal.Journal;
import dev.saferun.replay.journal.JournalBatch;
import dev.saferun.replay.journal.JournalEntry;
import dev.saferun.replay.journal.JournalReader;
import dev.saferun.replay.journal.RecordHeader;
import dev.saferun.replay.journal.RecordKind;
import io.micronaut.context.annotation.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings memory up to date before the first request and before the drain begins: reads back every
 * record of the journal that is not in the database. What the database has is read beside that,
 * without holding up the start, and again and again until the database answers.
 */
@Context
public final class Warmup {

  private static final Logger LOG = LoggerFactory.getLogger(Warmup.class);
  private static final int RECORDS_AT_ONCE = 1_000;
  private static final int BYTES_AT_ONCE = 8 << 20;
  private static final long AGAIN_AFTER_MILLIS = 1_000;

  private final Memory memory;

  Warmup(Journal journal, Memory memory) throws IOException {
    this.memory = memory;
    readJournal(journal);
    readDatabase();
  }

  /** Whether memory knows all that was ever seen, so that new runs need no question. */
  public boolean done() {
    return memory.loaded();
  }

  private void readJournal(Journal journal) throws IOException {
    long records = 0;
    try (JournalReader reader = journal.reader(journal.released() + 1)) {
      for (JournalBatch batch = reader.read(RECORDS_AT_ONCE, BYTES_AT_ONCE);
          !batch.isEmpty();
          batch = reader.read(RECORDS_AT_ONCE, BYTES_AT_ONCE)) {
        batch.entries().forEach(this::recover);
        records += batch.entries().size();
      }
    }
    LOG.atInfo().addKeyValue("records", records).log("read back what the journal holds");
  }

  void recover(JournalEntry entry) {
    memory.durable(entry.position());
    if (entry.header().kind() == RecordKind.LABEL) {
      return;
    }
    try {
      Map<String, @Nullable Object> evidence =
          Evidence.object(StrictJson.parse(entry.body(), CheckedCall.EVIDENCE_DEPTH_MAX));
      recover(entry, evidence);
    } catch (RuntimeException unreadable) {
      // The drain puts it into quarantine; the run is then asked of the database.
      LOG.atError()
          .addKeyValue("position", entry.position())
          .log("a record of the journal cannot be understood");
    }
  }

  private void recover(JournalEntry entry, Map<String, @Nullable Object> evidence) {
    RecordHeader header = entry.header();
    RunKey key =
        new RunKey(
            header.organization(),
            header.project(),
            header.environment(),
            String.valueOf(evidence.get("run_id")));
    long frame = evidence.get("frame") instanceof Long number ? number : 0;
    memory.sawRun(key);
    if (header.kind() == RecordKind.OUTCOME) {
      memory
          .run(key)
          .recovered(frame, entry.position(), state -> Evidence.stateAfter(state, evidence));
      return;
    }
    boolean action = header.kind() == RecordKind.DECISION;
    RunState after = action ? Evidence.stateAfter(evidence) : frame == 1 ? RunState.NEW : null;
    memory.run(key).recovered(frame, entry.position(), after);
    if (action) {
      recoverWindows(key, evidence, entry);
      memory.decisions().put(header.recordId(), new DecisionPlace(key, frame));
      recoverKey(entry, evidence);
    }
  }

  /** What was used before the restart is used; a stopped call used nothing. */
  private void recoverWindows(
      RunKey key, Map<String, @Nullable Object> evidence, JournalEntry entry) {
    if ("stop".equals(Evidence.object(evidence.get("decision")).get("effect"))) {
      return;
    }
    List<WindowUse> uses = Evidence.windowUses(evidence);
    Instant at = Instant.EPOCH.plus(entry.header().receivedMicros(), ChronoUnit.MICROS);
    memory.windows().add(key, Evidence.agentName(evidence), uses, at);
  }

  private void recoverKey(JournalEntry entry, Map<String, @Nullable Object> evidence) {
    Idempotency used = entry.header().idempotency();
    if (used != null) {
      KeyedRequest request =
          new KeyedRequest(entry.header().environment(), used.keyHash(), used.bodySha256());
      memory.sawKey(request.name());
      Instant at = Instant.EPOCH.plus(entry.header().receivedMicros(), ChronoUnit.MICROS);
      memory
          .idempotency()
          .recovered(request, new Kept.Durable(Evidence.answer(evidence)), at, entry.position());
    }
  }

  private void readDatabase() {
    memory
        .load()
        .whenComplete(
            (read, fault) -> {
              if (fault != null) {
                LOG.info("the database cannot tell of earlier runs yet; it is asked again");
                CompletableFuture.delayedExecutor(AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(this::readDatabase);
              }
            });
  }
}
