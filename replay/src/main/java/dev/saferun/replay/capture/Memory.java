package dev.saferun.replay.capture;

import dev.saferun.evaluator.Meanings;
import dev.saferun.evaluator.ProjectHistory;
import dev.saferun.evaluator.RunState;
import dev.saferun.replay.RunsConfiguration;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All that capture remembers between two calls, within bounds: the runs, the projects' histories,
 * the decisions, the idempotency keys, and what was ever seen. What memory does not have is asked
 * of the database, and only where it can be there.
 */
@Singleton
final class Memory {

  /** How long a key is good for. */
  static final Duration KEYS_LIVE = Duration.ofHours(24);

  private final RunsConfiguration configuration;
  private final PastRuns past;
  private final InstantSource clock;
  private final PastTexts texts;
  private final RunEntries runs;
  private final Windows windows;
  private final Histories histories;
  private final DecisionIndex decisions;
  private final IdempotencyIndex idempotency;
  private final SeenFilter runsSeen = new SeenFilter();
  private final SeenFilter keysSeen = new SeenFilter();
  private final AtomicLong lastPosition = new AtomicLong();
  private volatile boolean runsLoaded;
  private volatile boolean keysLoaded;

  @Inject
  Memory(
      RunsConfiguration configuration,
      PastRuns past,
      PastCalls pastCalls,
      DrainProgress drain,
      Meanings meanings,
      Unsealing unsealing) {
    this(configuration, past, pastCalls, drain, meanings, unsealing, InstantSource.system());
  }

  Memory(
      RunsConfiguration configuration,
      PastRuns past,
      PastCalls pastCalls,
      DrainProgress drain,
      Meanings meanings,
      Unsealing unsealing,
      InstantSource clock) {
    this.configuration = configuration;
    this.past = past;
    this.clock = clock;
    this.texts = new PastTexts(past, drain, meanings, unsealing);
    this.runs =
        new RunEntries(
            configuration.runsInMemoryMax(),
            drain::drainedPosition,
            new TextBudget(configuration.wordsInMemoryMax()),
            meanings);
    this.windows = new Windows(configuration.windowsInMemoryMax(), clock.instant());
    this.histories = new Histories(pastCalls, () -> drain.drained(lastPosition()), clock);
    this.decisions = new DecisionIndex(configuration.decisionsInMemoryMax());
    this.idempotency =
        new IdempotencyIndex(
            configuration.idempotencyKeysInMemoryMax(), drain::drainedPosition, clock);
  }

  /** The run's entry; {@link #known} must complete before a turn is taken. */
  RunEntry run(RunKey key) {
    return runs.get(key.environmentId(), key.runId());
  }

  /**
   * Completes when the entry's state and texts are known: at once for a run in memory or one that
   * cannot be in the database, else when the database told or its time is over. It never fails.
   */
  CompletionStage<Void> known(RunKey key, RunEntry entry) {
    if (entry.isReady()) {
      return CompletableFuture.completedFuture(null);
    }
    long hash = key.hash();
    if (!entry.isKnown() && configuration.soleNode() && runsLoaded && !runsSeen.mayContain(hash)) {
      entry.begin(new PastRuns.Tail(RunState.NEW, 0));
      runsSeen.add(hash);
      return CompletableFuture.completedFuture(null);
    }
    runsSeen.add(hash);
    return entry.remembered(
        entry.known(() -> tail(key)),
        position ->
            withinTimeout(texts.of(key, position)).exceptionally(fault -> Optional.empty()));
  }

  private CompletionStage<PastRuns.Tail> tail(RunKey key) {
    return withinTimeout(past.tail(key))
        .handle(
            (found, fault) ->
                fault == null ? found.orElse(new PastRuns.Tail(RunState.NEW, 0)) : unknownTail());
  }

  /**
   * A run that cannot be known now. Its frames are numbered from the present millisecond on: higher
   * than any counted number, so that order and uniqueness hold whatever the database has.
   */
  private PastRuns.Tail unknownTail() {
    return new PastRuns.Tail(RunState.UNKNOWN, clock.millis());
  }

  IdempotencyIndex idempotency() {
    return idempotency;
  }

  /** What the database says of a key; empty where it surely says nothing, or cannot be asked. */
  CompletionStage<Optional<PastRuns.Answered>> answered(UUID organizationId, KeyedRequest request) {
    long hash = keyHash(request.name());
    boolean perhaps = !configuration.soleNode() || !keysLoaded || keysSeen.mayContain(hash);
    keysSeen.add(hash);
    if (!perhaps) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Instant since = clock.instant().minus(KEYS_LIVE);
    return withinTimeout(
            past.answered(organizationId, request.environmentId(), request.keyHash(), since))
        .exceptionally(fault -> Optional.empty());
  }

  void sawKey(KeyedRequest.Name name) {
    keysSeen.add(keyHash(name));
  }

  void sawRun(RunKey key) {
    runsSeen.add(key.hash());
  }

  /** The hash by which a key is known to be used before, from its first eight bytes. */
  private static long keyHash(KeyedRequest.Name name) {
    return name.a();
  }

  Windows windows() {
    return windows;
  }

  /** What the calls of the run's project were like. */
  ProjectHistory history(RunKey run) {
    return histories.of(run);
  }

  DecisionIndex decisions() {
    return decisions;
  }

  /** Takes note that the journal has this position. */
  void durable(long position) {
    lastPosition.accumulateAndGet(position, Math::max);
  }

  /** The last position that was answered to anyone. */
  long lastPosition() {
    return lastPosition.get();
  }

  int runsInMemory() {
    return runs.size();
  }

  /**
   * Reads from the database what was ever seen; until that succeeds every new thing is asked for.
   */
  CompletionStage<Void> load() {
    CompletionStage<Void> runsRead = past.eachRun(runsSeen::add).thenRun(() -> runsLoaded = true);
    CompletionStage<Void> keysRead =
        past.eachIdempotencyKey(clock.instant().minus(KEYS_LIVE), keysSeen::add)
            .thenRun(() -> keysLoaded = true);
    return runsRead.thenCombine(keysRead, (one, other) -> null);
  }

  boolean loaded() {
    return runsLoaded && keysLoaded;
  }

  private <T> CompletableFuture<T> withinTimeout(CompletionStage<T> stage) {
    return stage
        .thenApply(value -> value)
        .toCompletableFuture()
        .orTimeout(configuration.pastRunTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }
}
