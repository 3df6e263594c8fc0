package dev.saferun.replay.capture;

import dev.saferun.evaluator.Observation;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.RunTexts;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.replay.capture.PastRuns.DecisionPlace;
import dev.saferun.replay.journal.Appended;
import dev.saferun.replay.journal.JournalRecord;
import dev.saferun.replay.journal.RecordKind;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded beside checked calls: frames between them, outcomes and labels. Each is durable
 * before it is answered, and numbered in the same sequence as the run's actions. Where the journal
 * refuses, so is the request: nothing here needs an answer in order to go on.
 */
@Singleton
public final class Observations {

  private final Memory memory;
  private final Recorder recorder;
  private final PastRuns past;
  private final Settled settled;
  private final Environments environments;
  private final InstantSource clock;

  @Inject
  Observations(
      Memory memory, Recorder recorder, PastRuns past, Settled settled, Environments environments) {
    this(memory, recorder, past, settled, environments, InstantSource.system());
  }

  Observations(
      Memory memory,
      Recorder recorder,
      PastRuns past,
      Settled settled,
      Environments environments,
      InstantSource clock) {
    this.memory = memory;
    this.recorder = recorder;
    this.past = past;
    this.settled = settled;
    this.environments = environments;
    this.clock = clock;
  }

  /** Keeps the frames in their order; completes with their numbers when the last is durable. */
  public CompletionStage<List<Long>> frames(Scope scope, String runId, List<NewFrame> frames) {
    EnvironmentSettings environment = settings(scope.requireEnvironment());
    RunKey key = key(environment.scope(), runId);
    RunEntry entry = memory.run(key);
    Instant receivedAt = clock.instant();
    return memory
        .known(key, entry)
        .thenCompose(
            known -> {
              List<CompletableFuture<Numbered>> kept = new ArrayList<>(frames.size());
              for (NewFrame frame : frames) {
                Texts texts =
                    (seen, number) -> seen.recorded(frame.kind(), number, frame.content());
                kept.add(
                    frame(environment, runId, entry, frame, receivedAt, texts)
                        .toCompletableFuture());
              }
              return CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new))
                  .thenApply(all -> numbers(kept));
            });
  }

  /**
   * Keeps a note that the appliance makes of a run. No later call is compared with it, for the
   * agent has not seen it.
   */
  CompletionStage<Void> note(
      EnvironmentSettings environment, String runId, Map<String, @Nullable Object> content) {
    RunKey key = key(environment.scope(), runId);
    RunEntry entry = memory.run(key);
    NewFrame note = new NewFrame("note", content, null, null);
    return memory
        .known(key, entry)
        .thenCompose(
            known -> frame(environment, runId, entry, note, clock.instant(), (seen, number) -> {}))
        .thenAccept(numbered -> requireDurable(numbered.outcome(), "the note was not kept"));
  }

  private record Numbered(long frame, Appended outcome) {}

  private CompletionStage<Numbered> frame(
      EnvironmentSettings environment,
      String runId,
      RunEntry entry,
      NewFrame frame,
      Instant receivedAt,
      Texts texts) {
    return numbered(
        environment,
        entry,
        RecordKind.FRAME,
        receivedAt,
        UnaryOperator.identity(),
        texts,
        number -> {
          Map<String, @Nullable Object> document =
              Evidence.frame(frame.kind(), runId, number, frame.step(), frame.at(), receivedAt);
          document.put("content", frame.content());
          return document;
        });
  }

  /** Makes the document of a frame once its number is known. */
  private interface Document {
    Map<String, @Nullable Object> of(long frame);
  }

  /** Gives what came to those who compare later calls with it. */
  private interface Texts {
    void take(RunTexts texts, long frame);
  }

  private CompletionStage<Numbered> numbered(
      EnvironmentSettings environment,
      RunEntry entry,
      RecordKind kind,
      Instant receivedAt,
      UnaryOperator<RunState> after,
      Texts texts,
      Document document) {
    long[] number = new long[1];
    return recorder
        .ready(environment)
        .thenCompose(
            ready ->
                recorder.take(
                    environment,
                    entry,
                    turn -> {
                      number[0] = turn.frame();
                      texts.take(turn.texts(), turn.frame());
                      return new RunEntry.Next(
                          recorder.record(
                              kind,
                              environment,
                              Ids.next(receivedAt.toEpochMilli()),
                              receivedAt,
                              null,
                              document.of(turn.frame())),
                          after.apply(turn.state()));
                    }))
        .thenApply(outcome -> new Numbered(number[0], outcome));
  }

  private static List<Long> numbers(List<CompletableFuture<Numbered>> kept) {
    List<Long> numbers = new ArrayList<>(kept.size());
    for (int i = 0; i < kept.size(); i++) {
      Numbered numbered = kept.get(i).join();
      requireDurable(numbered.outcome(), "frames before /frames/" + i + " were kept");
      numbers.add(numbered.frame());
    }
    return numbers;
  }

  private static void requireDurable(Appended outcome, String kept) {
    if (outcome instanceof Appended.TooLarge large) {
      throw new ProblemException(
          ReplayProblem.FRAME_TOO_LARGE,
          "at most " + large.bytesMax() + " bytes can be kept as one frame; " + kept);
    }
    if (!(outcome instanceof Appended.Durable)) {
      throw new ProblemException(ReplayProblem.NOT_RECORDED, "try again later; " + kept);
    }
  }

  /** Keeps an outcome as a frame of its decision's run; completes with the frame's number. */
  public CompletionStage<Long> outcome(Scope scope, UUID decisionId, NewOutcome outcome) {
    Instant receivedAt = clock.instant();
    Observation observed = Observation.of(outcome.result(), outcome.error());
    return place(scope, decisionId)
        .thenCompose(
            place -> {
              memory.history(place.run()).answered(decisionId, outcome.result());
              EnvironmentSettings environment = settings(place.run().environmentId());
              RunEntry entry = memory.run(place.run());
              return memory
                  .known(place.run(), entry)
                  .thenCompose(
                      known ->
                          numbered(
                              environment,
                              entry,
                              RecordKind.OUTCOME,
                              receivedAt,
                              state -> state.observed(place.frame(), observed),
                              (texts, number) ->
                                  texts.returned(
                                      place.frame(), number, outcome.result(), outcome.error()),
                              number -> {
                                Map<String, @Nullable Object> document =
                                    outcome(decisionId, place, outcome, number, receivedAt);
                                document.put("observed", observed.text());
                                return document;
                              }));
            })
        .thenApply(
            numbered -> {
              requireDurable(numbered.outcome(), "the outcome was not kept");
              return numbered.frame();
            });
  }

  private static Map<String, @Nullable Object> outcome(
      UUID decisionId, DecisionPlace place, NewOutcome outcome, long number, Instant receivedAt) {
    Map<String, @Nullable Object> document =
        Evidence.frame("outcome", place.run().runId(), number, null, outcome.at(), receivedAt);
    document.put("decision_id", decisionId.toString());
    document.put("action_frame", place.frame());
    document.put("result", outcome.result());
    document.put("error", outcome.error());
    Evidence.putIfPresent(document, "duration_millis", outcome.durationMillis());
    return document;
  }

  /** Keeps a person's or a client's judgement; completes with it as it was kept. */
  public CompletionStage<Map<String, @Nullable Object>> label(
      Actor actor, UUID decisionId, String label, Optional<String> comment) {
    Instant receivedAt = clock.instant();
    return place(actor.scope(), decisionId)
        .thenCompose(
            place -> {
              EnvironmentSettings environment = settings(place.run().environmentId());
              JournalRecord record =
                  recorder.record(
                      RecordKind.LABEL,
                      environment,
                      Ids.next(receivedAt.toEpochMilli()),
                      receivedAt,
                      null,
                      label(actor, decisionId, label, comment, receivedAt));
              return recorder
                  .append(environment, record)
                  .thenApply(outcome -> labelled(record, outcome));
            });
  }

  private static Map<String, @Nullable Object> labelled(
      @Nullable JournalRecord record, Appended outcome) {
    requireDurable(outcome, "the label was not kept");
    byte[] kept = Objects.requireNonNull(record).body().bytes();
    return Evidence.object(StrictJson.parse(kept, CheckedCall.EVIDENCE_DEPTH_MAX));
  }

  private static Map<String, @Nullable Object> label(
      Actor actor, UUID decisionId, String label, Optional<String> comment, Instant receivedAt) {
    Map<String, @Nullable Object> document = Evidence.begin("label", receivedAt);
    document.put("decision_id", decisionId.toString());
    document.put("label", label);
    comment.ifPresent(text -> document.put("comment", text));
    Map<String, @Nullable Object> by = new LinkedHashMap<>();
    by.put("id", actor.id().toString());
    by.put("name", actor.name());
    document.put("actor", by);
    document.put("actor_kind", actor.kind().name());
    Evidence.putIfPresent(document, "request_id", actor.requestId());
    Evidence.putIfPresent(document, "address", actor.address());
    return document;
  }

  /**
   * Where the decision stands, if this caller may see it. A decision that memory does not have and
   * that is durable already is in the database once the drain has come that far.
   */
  private CompletionStage<DecisionPlace> place(Scope scope, UUID decisionId) {
    Optional<DecisionPlace> inMemory = memory.decisions().find(decisionId);
    if (inMemory.isPresent()) {
      return CompletableFuture.completedFuture(visible(scope, inMemory.get()));
    }
    return settled
        .now()
        .thenCompose(
            all ->
                past.decision(scope.organizationId(), decisionId)
                    .thenApply(
                        found -> visible(scope, found.orElseThrow(() -> settled.absent(all)))));
  }

  /** To those who may not see it, it is not there, in the very words of what is not. */
  private DecisionPlace visible(Scope scope, DecisionPlace place) {
    boolean own =
        scope.holds(
            place.run().organizationId(), place.run().projectId(), place.run().environmentId());
    if (!own) {
      throw settled.absent(true);
    }
    return place;
  }

  private EnvironmentSettings settings(UUID environmentId) {
    return environments
        .find(environmentId)
        .orElseThrow(
            () -> new ProblemException(CommonProblem.NOT_FOUND, "there is no such environment"));
  }

  private static RunKey key(Scope scope, String runId) {
    return new RunKey(
        scope.organizationId(), scope.requireProject(), scope.requireEnvironment(), runId);
  }
}
