package dev.saferun.replay.capture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A database that knows some runs, and that can be away. */
final class FakePast implements PastRuns, PastCalls {

  /** Every document is whole as it is. */
  static final Unsealing NOTHING_SEALED =
      (organization, kept) ->
          CompletableFuture.completedStage(kept.stream().map(Unsealing.Kept::document).toList());

  final Map<String, Tail> tails = new HashMap<>();
  final Map<String, List<PastFrame>> frames = new HashMap<>();
  final List<Integer> bounds = new ArrayList<>();
  boolean away;
  int awayAfter = Integer.MAX_VALUE;
  int questions;

  @Override
  public CompletionStage<Optional<Tail>> tail(RunKey run) {
    return answer(Optional.ofNullable(tails.get(run.runId())));
  }

  @Override
  public CompletionStage<List<PastFrame>> frames(RunKey run, int framesMax, int bytesMax) {
    bounds.addAll(List.of(framesMax, bytesMax));
    return answer(frames.getOrDefault(run.runId(), List.of()));
  }

  @Override
  public CompletionStage<Optional<DecisionPlace>> decision(UUID organizationId, UUID decisionId) {
    return answer(Optional.empty());
  }

  @Override
  public CompletionStage<Optional<Answered>> answered(
      UUID organizationId, UUID environmentId, byte[] keyHash, Instant since) {
    return answer(Optional.empty());
  }

  @Override
  public CompletionStage<Void> eachRun(Consumer<Long> hash) {
    tails.keySet().forEach(run -> hash.accept(RunKey.hash(RunsTest.ENVIRONMENT, run)));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> eachIdempotencyKey(Instant since, Consumer<Long> hash) {
    return CompletableFuture.completedFuture(null);
  }

  /** Newest first. */
  final List<PastCall> allowed = new ArrayList<>();

  @Override
  public CompletionStage<Page> allowed(
      UUID organizationId, UUID projectId, Place before, int most) {
    int from = Math.toIntExact(before.recordId().getLeastSignificantBits());
    int to = Math.min(allowed.size(), from + most);
    Place next = new Place(before.receivedAt(), new UUID(0, to));
    return answer(new Page(allowed.subList(from, to), to < allowed.size() ? next : null));
  }

  private <T> CompletionStage<T> answer(T value) {
    questions++;
    return away || questions > awayAfter
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(value);
  }
}
