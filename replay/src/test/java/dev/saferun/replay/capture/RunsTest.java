package dev.saferun.replay.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.Fingerprint;
import dev.saferun.evaluator.Meanings;
import dev.saferun.evaluator.Observation;
import dev.saferun.evaluator.RecentCalls;
import dev.saferun.evaluator.RunLog.Decided;
import dev.saferun.evaluator.RunLog.Decider;
import dev.saferun.evaluator.RunLog.Idempotency;
import dev.saferun.evaluator.RunLog.Kept;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.evaluator.WindowScope;
import dev.saferun.evaluator.WindowUse;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.platform.SecretKeyring;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.DerivedTokenKeys;
import dev.saferun.redaction.Originals;
import dev.saferun.redaction.Redacted;
import dev.saferun.redaction.RedactedMembers;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.RedactionRules;
import dev.saferun.redaction.Redactor;
import dev.saferun.redaction.Sealed;
import dev.saferun.redaction.Subject;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.replay.RunsConfiguration;
import dev.saferun.replay.approval.HeldCalls;
import dev.saferun.replay.journal.JournalRecord;
import dev.saferun.replay.journal.RecordHeader;
import dev.saferun.replay.journal.RecordKind;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import dev.saferun.tenancy.OnOverflow;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunsTest {

  static final UUID ENVIRONMENT = new UUID(1, 3);

  private final FakeJournal journal = new FakeJournal();
  private final FakePast past = new FakePast();
  private final List<Boolean> overflowChanges = new ArrayList<>();
  private final AtomicInteger decided = new AtomicInteger();
  private volatile RunState afterDecided = RunState.NEW;
  private final FakeKeys keys = new FakeKeys();
  private RedactionPolicy policy = RedactionPolicy.standard();
  private Memory memory = memory();
  private Runs runs = runs();

  @BeforeEach
  void startAnew() {
    past.tails.put("old", new PastRuns.Tail(state(7), 20));
    memory = memory();
    runs = runs();
    memory.load().toCompletableFuture().join();
  }

  @Test
  void framesOfARunAreNumberedInTheOrderOfTheJournalUnderConcurrency() {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 500; i++) {
        threads.execute(() -> check("r", Map.of(), null));
      }
    }
    assertThat(journal.records.stream().map(RunsTest::frame))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
    assertThat(run(journal.records.getLast()).get("calls")).isEqualTo(499L);
  }

  @Test
  void aNewRunAsksTheDatabaseNothing() {
    check("never-seen", Map.of(), null);
    assertThat(past.questions).isZero();
  }

  @Test
  void aRunOfTheDatabaseGoesOnWhereItStood() {
    check("old", Map.of(), null);
    assertThat(frame(journal.records.getFirst())).isEqualTo(21);
    assertThat(run(journal.records.getFirst())).containsEntry("calls", 7L);
  }

  @Test
  void aRunThatCannotBeKnownIsPartialAndNumberedBeyondAllThatWasCounted() {
    past.away = true;
    check("old", Map.of(), null);
    assertThat(run(journal.records.getFirst())).containsEntry("whole", false);
    assertThat(frame(journal.records.getFirst())).isGreaterThan(1_000_000_000_000L);
  }

  @Test
  void theAnswerIsDerivableFromTheEvidence() {
    Kept kept = check("r", Map.of("password", "hunter2 hunter2"), null);
    byte[] evidence = journal.records.getFirst().body().bytes();
    assertThat(new String(evidence, StandardCharsets.UTF_8)).doesNotContain("hunter2");
    assertThat(kept)
        .isInstanceOfSatisfying(
            Kept.Durable.class,
            durable ->
                assertThat(durable.answer())
                    .isEqualTo(Evidence.answer(Evidence.object(StrictJson.parse(evidence)))));
  }

  @Test
  void theStateAfterACallIsDerivableFromTheEvidence() {
    check("r", Map.of(), null);
    check("r", Map.of(), null);
    Map<String, @Nullable Object> evidence = evidence(journal.records.getLast());
    assertThat(Evidence.stateAfter(evidence).calls()).isEqualTo(2);
    assertThat(Evidence.stateAfter(evidence)).isEqualTo(afterDecided);
  }

  @Test
  void whatIsSealedGoesToTheJournalBesideItsEvidence() {
    policy = RedactionPolicy.of(List.of(RedactionRules.production()));
    keys.there = true;

    Kept kept = check("r", Map.of("body", "Dear Ms Okafor, you owe us."), null);

    assertThat(kept).isInstanceOf(Kept.Durable.class);
    Redacted body = journal.records.getFirst().body();
    assertThat(new String(body.bytes(), StandardCharsets.UTF_8)).doesNotContain("Okafor");
    Sealed sealed = Objects.requireNonNull(body.sealed());
    assertThat(
            Originals.open(
                    evidence(journal.records.getFirst()),
                    sealed,
                    keys.key,
                    environment(OnOverflow.STOP).scope().organizationId(),
                    journal.records.getFirst().header().recordId())
                .all())
        .extracting(Originals.Original::value)
        .containsExactly("Dear Ms Okafor, you owe us.");
  }

  @Test
  void withoutAKeyTheEnvironmentSaysWhatHappensAndTheNumberIsGivenAgain() {
    policy = RedactionPolicy.of(List.of(RedactionRules.production()));
    Map<String, Object> arguments = Map.of("body", "Dear Ms Okafor, you owe us.");

    assertThat(check("r", arguments, null)).isInstanceOf(Kept.Refused.class);
    assertThat(journal.records).isEmpty();
    assertThat(overflowChanges).containsExactly(true);

    keys.there = true;
    assertThat(check("r", arguments, null)).isInstanceOf(Kept.Durable.class);
    assertThat(frame(journal.records.getFirst())).isEqualTo(1);
    assertThat(overflowChanges).containsExactly(true, false);
  }

  /** An action of the database, an outcome of the journal: whichever of them is read first. */
  @Test
  void anOutcomeThatOnlyTheJournalHasIsNotLost() {
    Observation observed = Observation.of("b", null);
    RunState expected = state(7).observed(7, observed);
    RunEntry late = new RunEntry(new TextBudget(1_000), Meanings.NONE);
    late.recovered(21, 5, state -> state.observed(7, observed));
    late.begin(new PastRuns.Tail(state(7), 20));
    RunEntry early = new RunEntry(new TextBudget(1_000), Meanings.NONE);
    early.recovered(7, 4, state(7));
    early.recovered(21, 5, state -> state.observed(7, observed));
    RunEntry drained = new RunEntry(new TextBudget(1_000), Meanings.NONE);
    drained.recovered(21, 5, state -> state.observed(7, Observation.of("never", null)));
    drained.begin(new PastRuns.Tail(expected, 21));
    for (RunEntry entry : List.of(late, early, drained)) {
      entry.take(
          turn -> {
            assertThat(turn.state()).isEqualTo(expected);
            return new RunEntry.Next(anyRecord(), turn.state());
          },
          journal);
    }
    assertThat(journal.records).hasSize(3);
  }

  static JournalRecord anyRecord() {
    return new JournalRecord(
        new RecordHeader(
            RecordKind.FRAME, ENVIRONMENT, ENVIRONMENT, ENVIRONMENT, ENVIRONMENT, 0, null),
        redacted());
  }

  private static Redacted redacted() {
    return new Redactor(new DerivedTokenKeys(new byte[32]), new RedactedMembers(Set.of(), Set.of()))
        .redact(RedactionPolicy.standard(), new Subject(ENVIRONMENT, ENVIRONMENT, null), Map.of());
  }

  @Test
  void windowsAreReadBeforeACallAndStandInItsFrame() {
    for (int i = 0; i < 3; i++) {
      runs.decide(
              environment(OnOverflow.STOP), call("r" + i, Map.of()), Optional.empty(), windowed())
          .toCompletableFuture()
          .join();
    }
    assertThat(run(journal.records.getLast()).get("windows"))
        .isEqualTo(
            List.of(
                Map.of(
                    "name", "calls", "scope", "agent", "seconds", 60L, "amount", 1L, "used", 2L,
                    "whole", false)));
    Map<String, @Nullable Object> evidence = evidence(journal.records.getLast());
    assertThat(Evidence.windowUses(evidence)).isEqualTo(windowed().uses());
    assertThat(Evidence.agentName(evidence)).isEqualTo("agent");
  }

  private Decider windowed() {
    return new Decider() {
      @Override
      public Decided decide(RunState before) {
        assertThat(before.windows()).hasSize(1);
        return RunsTest.this.decide(before);
      }

      @Override
      public List<WindowUse> uses() {
        return List.of(new WindowUse("calls", WindowScope.AGENT, Duration.ofMinutes(1), 1));
      }
    };
  }

  @Test
  void twinsUnderWayShareOneDecisionAndOneAnswer() {
    journal.holdBack();
    List<CompletableFuture<Kept>> twins = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      twins.add(later("r", key("k", 1)).toCompletableFuture());
    }
    journal.letGo();
    assertThat(twins.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(later("r", key("k", 1)).toCompletableFuture().join())
        .isSameAs(twins.getFirst().join());
    assertThat(decided).hasValue(1);
  }

  @Test
  void aDeciderIsWaitedForWithoutHoldingTheRunAndOnceForAllTwins() {
    Waiting waiting = new Waiting();
    List<CompletableFuture<Kept>> twins = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      twins.add(
          runs.decide(
                  environment(OnOverflow.STOP),
                  call("r", Map.of()),
                  Optional.of(key("k", 1)),
                  waiting)
              .toCompletableFuture());
    }
    check("r", Map.of(), null);
    assertThat(journal.records).hasSize(1);
    assertThat(waiting.recorded).isEmpty();

    waiting.ready.complete(null);

    assertThat(twins.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(waiting.asked).isEqualTo(1);
    assertThat(frame(journal.records.getLast())).isEqualTo(2);
    assertThat(waiting.recorded)
        .containsExactly(
            UUID.fromString(
                String.valueOf(evidence(journal.records.getLast()).get("decision_id"))));
  }

  @Test
  void whatIsNotDurableIsNotToldAsRecorded() {
    Waiting waiting = new Waiting();
    waiting.ready.complete(null);
    journal.refuse(true);

    runs.decide(environment(OnOverflow.STOP), call("r", Map.of()), Optional.empty(), waiting)
        .toCompletableFuture()
        .join();

    assertThat(waiting.recorded).isEmpty();
  }

  /** Decides once somebody else has said what it needs. */
  private final class Waiting implements Decider {

    final CompletableFuture<Void> ready = new CompletableFuture<>();
    final List<UUID> recorded = new ArrayList<>();
    int asked;

    @Override
    public CompletionStage<Void> ready() {
      asked++;
      return ready;
    }

    @Override
    public Decided decide(RunState before) {
      return RunsTest.this.decide(before);
    }

    @Override
    public void recorded(UUID decisionId) {
      recorded.add(decisionId);
    }
  }

  @Test
  void theSameKeyWithAnotherBodyIsAConflict() {
    check("r", Map.of(), key("k", 1));
    assertThatThrownBy(() -> check("r", Map.of(), key("k", 2)))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo(ReplayProblem.IDEMPOTENCY_CONFLICT));
    assertThat(journal.records).hasSize(1);
  }

  @Test
  void anOverflowStopsOrProceedsAndLeavesNumberAndStateAsTheyWere() {
    check("r", Map.of(), null);
    journal.refuse(true);
    assertThat(check("r", Map.of(), key("k", 1))).isInstanceOf(Kept.Refused.class);
    assertThat(
            runs.decide(
                    environment(OnOverflow.PROCEED_UNRECORDED),
                    call("r", Map.of()),
                    Optional.empty(),
                    this::decide)
                .toCompletableFuture()
                .join())
        .isInstanceOf(Kept.Unrecorded.class);
    journal.refuse(false);
    assertThat(check("r", Map.of(), key("k", 1))).isInstanceOf(Kept.Durable.class);
    assertThat(frame(journal.records.getLast())).isEqualTo(2);
    assertThat(run(journal.records.getLast())).containsEntry("calls", 1L);
    assertThat(overflowChanges).containsExactly(true, false);
  }

  @Test
  void aDeciderThatFailsLeavesTheKeyAndTheNumberFree() {
    CompletionStage<Kept> failed =
        runs.decide(
            environment(OnOverflow.STOP),
            call("r", Map.of()),
            Optional.of(key("k", 1)),
            state -> {
              throw new IllegalStateException("planted");
            });
    assertThat(failed.toCompletableFuture()).isCompletedExceptionally();
    check("r", Map.of(), key("k", 1));
    assertThat(frame(journal.records.getFirst())).isEqualTo(1);
  }

  private Kept check(String run, Map<String, Object> arguments, @Nullable Idempotency key) {
    return runs.decide(
            environment(OnOverflow.STOP),
            call(run, arguments),
            Optional.ofNullable(key),
            this::decide)
        .toCompletableFuture()
        .join();
  }

  private CompletionStage<Kept> later(String run, Idempotency key) {
    return runs.decide(
        environment(OnOverflow.STOP), call(run, Map.of()), Optional.of(key), this::decide);
  }

  private static Check call(String run, Map<String, Object> arguments) {
    return new Check(
        run,
        null,
        Map.of("name", "agent"),
        Map.of("tool", "pay", "arguments", arguments),
        Map.of(),
        null);
  }

  private Decided decide(RunState before) {
    decided.incrementAndGet();
    Decision decision =
        new Decision(
            Verdict.ALLOW, Effect.PROCEED, Mode.BLOCK, List.of(), List.of(), "snapshot", "1");
    afterDecided = next(before);
    return new Decided(decision, afterDecided, 12);
  }

  /** The state after so many calls of one tool, which all were the same. */
  private static RunState state(int calls) {
    RunState state = RunState.NEW;
    for (int i = 0; i < calls; i++) {
      state = next(state);
    }
    return state;
  }

  private static RunState next(RunState before) {
    RecentCalls recent =
        before.recent().with(new Fingerprint(-42, 7, 8), before.frame(), false, false);
    return before.after(
        "pay",
        recent,
        new RunState.Change(Map.of("amount", (before.calls() + 1) * 1.5), Map.of(), Map.of(), 0));
  }

  private static Idempotency key(String key, int body) {
    byte[] sha256 = new byte[32];
    sha256[0] = (byte) body;
    return new Idempotency(key, sha256);
  }

  private static EnvironmentSettings environment(OnOverflow onOverflow) {
    Scope scope = new Scope(new UUID(1, 1), new UUID(1, 2), ENVIRONMENT);
    return new EnvironmentSettings(
        scope, "acme", "shop", "production", Mode.BLOCK, onOverflow, OnError.DENY, 1_000);
  }

  private static Map<String, @Nullable Object> evidence(JournalRecord record) {
    return Evidence.object(StrictJson.parse(record.body().bytes()));
  }

  private static long frame(JournalRecord record) {
    return evidence(record).get("frame") instanceof Long frame ? frame : -1;
  }

  private static Map<String, @Nullable Object> run(JournalRecord record) {
    return Evidence.object(evidence(record).get("run"));
  }

  private Memory memory() {
    DrainProgress drain =
        new DrainProgress() {
          @Override
          public long drainedPosition() {
            return 0;
          }

          @Override
          public CompletionStage<Void> drained(long position) {
            return new CompletableFuture<>();
          }
        };
    return new Memory(
        RunsConfiguration.defaults(),
        past,
        past,
        drain,
        Meanings.NONE,
        FakePast.NOTHING_SEALED,
        InstantSource.system());
  }

  private Runs runs() {
    Recorder recorder =
        new Recorder(
            new DerivedTokenKeys(new byte[32]),
            environment -> policy,
            keys,
            journal,
            memory,
            List.of((environment, began, kind) -> overflowChanges.add(began)),
            OpenTelemetry.noop().getMeter("test"));
    SecretKeyring keyring = SecretKeyring.of(new byte[32]);
    return new Runs(memory, recorder, keyring, HeldCalls.of(keyring));
  }
}
