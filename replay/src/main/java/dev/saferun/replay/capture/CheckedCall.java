package dev.saferun.replay.capture;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.IntentReading;
import dev.saferun.evaluator.ProjectHistory;
import dev.saferun.evaluator.RunLog.Decided;
import dev.saferun.evaluator.RunLog.Decider;
import dev.saferun.evaluator.RunLog.Kept;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.evaluator.WindowReading;
import dev.saferun.platform.Ids;
import dev.saferun.platform.Scope;
import dev.saferun.platform.StrictJson;
import dev.saferun.redaction.Redacted;
import dev.saferun.replay.approval.HeldCalls;
import dev.saferun.replay.capture.PastRuns.DecisionPlace;
import dev.saferun.replay.journal.Appended;
import dev.saferun.replay.journal.JournalRecord;
import dev.saferun.replay.journal.RecordKind;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.OnOverflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One checked call between its request and its answer; used once. */
final class CheckedCall {

  /**
   * Evidence nests the request's trees two levels deeper than the door does, and redaction keeps
   * depth.
   */
  static final int EVIDENCE_DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  private final EnvironmentSettings environment;
  private final Check check;
  private final @Nullable KeyedRequest request;
  private final Decider decider;
  private final HeldCalls held;
  private final Instant receivedAt;
  private final UUID decisionId;
  private final RunKey key;

  private @Nullable Turned turned;

  /** What the turn made. */
  private record Turned(
      Decided decided,
      RunState before,
      Map<String, @Nullable Object> document,
      @Nullable JournalRecord record) {

    long frame() {
      return before.frame();
    }

    boolean runs() {
      return decided.decision().effect() != Effect.STOP;
    }
  }

  /** How it ended; the position is below zero where nothing was kept. */
  record Ended(Kept kept, long position) {}

  CheckedCall(
      EnvironmentSettings environment,
      Check check,
      @Nullable KeyedRequest request,
      Decider decider,
      HeldCalls held,
      Instant receivedAt) {
    this.environment = environment;
    this.check = check;
    this.request = request;
    this.decider = decider;
    this.held = held;
    this.receivedAt = receivedAt;
    this.decisionId = Ids.next(receivedAt.toEpochMilli());
    Scope scope = environment.scope();
    this.key =
        new RunKey(
            scope.organizationId(),
            scope.requireProject(),
            scope.requireEnvironment(),
            check.runId());
  }

  UUID organizationId() {
    return key.organizationId();
  }

  CompletionStage<Ended> run(Memory memory, Recorder recorder) {
    return decider.ready().thenCompose(ready -> decide(memory, recorder));
  }

  /** Finds the run only now: memory may forget one that nothing is under way in. */
  private CompletionStage<Ended> decide(Memory memory, Recorder recorder) {
    RunEntry entry = memory.run(key);
    return memory
        .known(key, entry)
        .thenCompose(known -> recorder.ready(environment))
        .thenCompose(
            ready -> recorder.take(environment, entry, turn -> next(turn, memory, recorder)))
        .thenApply(outcome -> ended(outcome, memory));
  }

  private RunEntry.Next next(RunEntry.Turn turn, Memory memory, Recorder recorder) {
    List<WindowReading> readings =
        memory.windows().add(key, check.agentName(), decider.uses(), receivedAt);
    ProjectHistory history = memory.history(key);
    IntentReading intent = decider.read(turn.texts(), history, turn.frame());
    RunState before = turn.state().at(turn.frame(), readings).with(intent);
    Decided decided = decided(before, memory);
    if (decided.decision().verdict() == Verdict.ALLOW) {
      history.add(check, decisionId);
    }
    Map<String, @Nullable Object> document =
        Evidence.action(check, before, decided, decisionId, receivedAt, request);
    if (decided.decision().effect() == Effect.WAIT_FOR_APPROVAL) {
      Evidence.putHeld(
          document, held.note(decisionId, check.tool(), check.arguments(), receivedAt));
    }
    JournalRecord record =
        recorder.record(
            RecordKind.DECISION, environment, decisionId, receivedAt, request, document);
    turned = new Turned(decided, before, document, record);
    return new RunEntry.Next(record, decided.after());
  }

  /** What a call that does not run would have used is given back. */
  private Decided decided(RunState before, Memory memory) {
    boolean runs = false;
    try {
      Decided decided = decider.decide(before);
      runs = decided.decision().effect() != Effect.STOP;
      return decided;
    } finally {
      if (!runs) {
        takeBack(before, memory);
      }
    }
  }

  private void takeBack(RunState before, Memory memory) {
    memory.windows().takeBack(key, check.agentName(), before.windows(), receivedAt);
  }

  private Ended ended(Appended outcome, Memory memory) {
    Turned made = turned;
    if (made == null) {
      throw new IllegalStateException("an outcome before the turn");
    }
    if (outcome instanceof Appended.Durable durable) {
      memory.decisions().put(decisionId, new DecisionPlace(key, made.frame()));
      decider.recorded(decisionId);
      return new Ended(new Kept.Durable(answer(made)), durable.position());
    }
    if (environment.onOverflow() != OnOverflow.STOP) {
      return new Ended(new Kept.Unrecorded(decisionId, made.decided().decision()), -1);
    }
    if (made.runs()) {
      takeBack(made.before(), memory);
    }
    return new Ended(new Kept.Refused(decisionId, made.decided().decision()), -1);
  }

  /** Where redaction changed something the answer is taken from what was kept, as a retry would. */
  private static byte[] answer(Turned made) {
    Redacted kept = Objects.requireNonNull(made.record()).body();
    return Evidence.answer(
        kept.redactions() == 0
            ? made.document()
            : Evidence.object(StrictJson.parse(kept.bytes(), EVIDENCE_DEPTH_MAX)));
  }
}
