package dev.saferun.replay.capture;

import dev.saferun.platform.Scope;
import dev.saferun.redaction.Redacted;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.Redactor;
import dev.saferun.redaction.TokenKeys;
import dev.saferun.replay.OverflowListener;
import dev.saferun.replay.journal.Appended;
import dev.saferun.replay.journal.Idempotency;
import dev.saferun.replay.journal.JournalRecord;
import dev.saferun.replay.journal.RecordHeader;
import dev.saferun.replay.journal.RecordKind;
import dev.saferun.tenancy.EnvironmentSettings;
import io.opentelemetry.api.metrics.Meter;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The last stretch of the way: redact, put into the journal, take note of how that ended. */
@Singleton
final class Recorder {

  private final Redactor redactor;
  private final FrameJournal journal;
  private final Memory memory;
  private final OverflowWatch overflow;

  Recorder(
      TokenKeys tokenKeys,
      FrameJournal journal,
      Memory memory,
      List<OverflowListener> listeners,
      Meter meter) {
    this.redactor = new Redactor(tokenKeys, Evidence.STRUCTURAL_MEMBERS);
    this.journal = journal;
    this.memory = memory;
    this.overflow = new OverflowWatch(listeners, meter);
  }

  Redacted redact(Scope scope, Map<String, @Nullable Object> document) {
    return redactor.redact(RedactionPolicy.standard(), scope.organizationId(), document);
  }

  /** Takes the run's next number for what {@code call} makes of its turn. */
  CompletionStage<Appended> take(
      EnvironmentSettings environment,
      RunEntry entry,
      Function<RunEntry.Turn, RunEntry.Next> call) {
    return noted(environment, entry.take(call, journal));
  }

  /** Keeps a record that belongs to no run's sequence. */
  CompletionStage<Appended> append(EnvironmentSettings environment, JournalRecord record) {
    return noted(environment, journal.append(record));
  }

  private CompletionStage<Appended> noted(
      EnvironmentSettings environment, CompletionStage<Appended> appended) {
    return appended.thenApply(
        outcome -> {
          if (outcome instanceof Appended.Durable durable) {
            memory.durable(durable.position());
          }
          overflow.saw(environment, outcome);
          return outcome;
        });
  }

  static RecordHeader header(
      RecordKind kind,
      Scope scope,
      UUID recordId,
      Instant receivedAt,
      @Nullable KeyedRequest request) {
    return new RecordHeader(
        kind,
        scope.organizationId(),
        scope.requireProject(),
        scope.requireEnvironment(),
        recordId,
        Evidence.micros(receivedAt),
        request == null ? null : new Idempotency(request.keyHash(), request.bodySha256()));
  }
}
