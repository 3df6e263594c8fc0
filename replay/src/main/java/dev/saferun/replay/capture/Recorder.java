package dev.saferun.replay.capture;

import dev.saferun.platform.DataKey;
import dev.saferun.platform.DataKeys;
import dev.saferun.platform.Scope;
import dev.saferun.redaction.NoSealingKeyException;
import dev.saferun.redaction.RedactionPolicies;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.Redactor;
import dev.saferun.redaction.Subject;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The last stretch of the way: redact, put into the journal, take note of how that ended. */
@Singleton
final class Recorder {

  /** How long a record waits for a key that is not in memory; the keeper has its own deadlines. */
  private static final long KEY_MILLIS_MAX = 500;

  private static final CompletionStage<Void> READY = CompletableFuture.completedStage(null);

  private final Redactor redactor;
  private final RedactionPolicies policies;
  private final DataKeys keys;
  private final FrameJournal journal;
  private final Memory memory;
  private final OverflowWatch overflow;

  Recorder(
      TokenKeys tokenKeys,
      RedactionPolicies policies,
      DataKeys keys,
      FrameJournal journal,
      Memory memory,
      List<OverflowListener> listeners,
      Meter meter) {
    this.redactor = new Redactor(tokenKeys, Evidence.MEMBERS);
    this.policies = policies;
    this.keys = keys;
    this.journal = journal;
    this.memory = memory;
    this.overflow = new OverflowWatch(listeners, meter);
  }

  /** Completes when what must be sealed can be, or when it was waited for long enough. */
  CompletionStage<Void> ready(EnvironmentSettings environment) {
    UUID organization = environment.scope().organizationId();
    if (!policies.inForce(environment).seals() || keys.current(organization).isPresent()) {
      return READY;
    }
    return keys.fetch(organization)
        .toCompletableFuture()
        .copy()
        .orTimeout(KEY_MILLIS_MAX, TimeUnit.MILLISECONDS)
        .handle((key, fault) -> null);
  }

  /**
   * The document as it may be kept; null where something must be sealed and the key is not there.
   * All of it goes by one policy, whatever is put in force meanwhile.
   */
  @Nullable JournalRecord record(
      RecordKind kind,
      EnvironmentSettings environment,
      UUID recordId,
      Instant receivedAt,
      @Nullable KeyedRequest request,
      Map<String, @Nullable Object> document) {
    Scope scope = environment.scope();
    RedactionPolicy policy = policies.inForce(environment);
    DataKey key = policy.seals() ? keys.current(scope.organizationId()).orElse(null) : null;
    Subject subject = new Subject(scope.organizationId(), recordId, key);
    try {
      return new JournalRecord(
          header(kind, scope, recordId, receivedAt, request),
          redactor.redact(policy, subject, document));
    } catch (NoSealingKeyException none) {
      return null;
    }
  }

  /** Takes the run's next number for what {@code call} makes of its turn. */
  CompletionStage<Appended> take(
      EnvironmentSettings environment,
      RunEntry entry,
      Function<RunEntry.Turn, RunEntry.Next> call) {
    return noted(environment, entry.take(call, journal));
  }

  /** Keeps a record that belongs to no run's sequence. */
  CompletionStage<Appended> append(
      EnvironmentSettings environment, @Nullable JournalRecord record) {
    return noted(
        environment,
        record == null
            ? CompletableFuture.completedStage(new Appended.Unsealable())
            : journal.append(record));
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

  private static RecordHeader header(
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
