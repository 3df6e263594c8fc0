package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.RecordedCalls;
import dev.saferun.evaluator.analysis.Expectation.Finding;
import dev.saferun.evaluator.analysis.Trial;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads pinned calls back, one after the other: they are few, and nobody waits for a check. */
@Singleton
final class PinnedCalls {

  private final @Nullable RecordedCalls calls;

  /**
   * @param calls absent where nobody keeps calls: then every pin is undecidable
   */
  PinnedCalls(@Nullable RecordedCalls calls) {
    this.calls = calls;
  }

  /** A pin with its call; empty where that is gone. */
  record Pinned(Pin pin, Optional<Recorded> call) {

    Pin.Outcome outcome(Trial trial) {
      return new Pin.Outcome(
          pin, call.map(recorded -> trial.find(pin.rule(), recorded)).orElse(Finding.UNDECIDABLE));
    }
  }

  CompletionStage<List<Pinned>> of(UUID organizationId, UUID projectId, List<Pin> pins) {
    CompletionStage<List<Pinned>> all = CompletableFuture.completedStage(new ArrayList<>());
    for (Pin pin : pins) {
      all =
          all.thenCompose(
              found ->
                  find(organizationId, projectId, pin.decisionId())
                      .thenApply(
                          call -> {
                            found.add(new Pinned(pin, call));
                            return found;
                          }));
    }
    return all;
  }

  CompletionStage<Optional<Recorded>> find(UUID organizationId, UUID projectId, UUID decisionId) {
    return calls == null
        ? CompletableFuture.completedStage(Optional.empty())
        : calls.find(organizationId, projectId, decisionId);
  }

  CompletionStage<List<Recorded>> recent(UUID organizationId, UUID projectId, int most) {
    return calls == null
        ? CompletableFuture.completedStage(List.of())
        : calls.recent(organizationId, projectId, most);
  }
}
