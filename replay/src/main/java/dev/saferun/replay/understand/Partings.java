package dev.saferun.replay.understand;

import dev.saferun.evaluator.Cause;
import dev.saferun.evaluator.IntentReading;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.store.RunReads;
import dev.saferun.replay.store.RunReads.FrameLine;
import dev.saferun.replay.store.RunReads.RunLine;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a run parts from what was asked: the first action whose readings tell a cause, and
 * where none does, the first that was not allowed.
 */
@Singleton
public final class Partings {

  private static final int FRAMES_MAX = 1_000;
  private static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  private final RunReads reads;

  Partings(RunReads reads) {
    this.reads = reads;
  }

  public CompletionStage<Parting> of(UUID organizationId, RunLine run) {
    return reads
        .frames(organizationId, run.environmentId(), run.runId(), 0, FRAMES_MAX)
        .thenCompose(
            frames -> {
              List<FrameLine> actions =
                  frames.stream().filter(frame -> frame.kind().equals(Evidence.ACTION)).toList();
              return search(organizationId, run, actions, 0, null);
            });
  }

  /** Reads one action after the other: most runs part early, or not at all. */
  private CompletionStage<Parting> search(
      UUID organizationId,
      RunLine run,
      List<FrameLine> actions,
      int next,
      @Nullable Parting refused) {
    if (next == actions.size()) {
      return CompletableFuture.completedStage(refused == null ? Parting.none(next) : refused);
    }
    FrameLine action = actions.get(next);
    return reads
        .frame(organizationId, run.environmentId(), run.runId(), action.frame())
        .thenCompose(
            stored -> {
              IntentReading.Finding finding =
                  stored
                      .map(evidence -> finding(evidence.evidence()))
                      .orElse(IntentReading.OFF.cause());
              Parting parting =
                  Parting.at(
                      action.frame(),
                      String.valueOf(action.tool()),
                      String.valueOf(action.verdict()),
                      finding,
                      next + 1);
              if (finding.cause() != Cause.UNDETERMINED) {
                return CompletableFuture.completedStage(parting);
              }
              boolean first = refused == null && !"allow".equals(action.verdict());
              return search(organizationId, run, actions, next + 1, first ? parting : refused);
            });
  }

  /**
   * What the decision says of the cause goes first: it knows of repetitions, which are counted and
   * not measured.
   */
  private static IntentReading.Finding finding(byte[] evidence) {
    try {
      Map<String, @Nullable Object> frame = Evidence.object(StrictJson.parse(evidence, DEPTH_MAX));
      return IntentReading.inRun(Evidence.object(frame.get("run")))
          .causeWithin(Evidence.object(frame.get("decision")));
    } catch (RuntimeException redacted) {
      return IntentReading.OFF.cause();
    }
  }
}
