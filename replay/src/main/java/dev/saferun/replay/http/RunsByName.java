package dev.saferun.replay.http;

import dev.saferun.platform.Actor;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.replay.capture.Settled;
import dev.saferun.replay.store.RunReads;
import dev.saferun.replay.store.RunReads.RunLine;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Finds a run by its name, which is unique in an environment only. */
@Singleton
final class RunsByName {

  private final RunReads reads;
  private final Settled settled;

  RunsByName(RunReads reads, Settled settled) {
    this.reads = reads;
    this.settled = settled;
  }

  /** The one run of that name that this caller may see. */
  CompletionStage<RunLine> find(Actor actor, String runId, @Nullable String environment) {
    Scope own = actor.scope();
    UUID asked = Parameters.optionalId(environment);
    if (asked != null && own.environmentId() != null && !asked.equals(own.environmentId())) {
      throw Parameters.absent();
    }
    Scope scope =
        new Scope(
            own.organizationId(),
            own.projectId(),
            own.environmentId() == null ? asked : own.environmentId());
    return settled
        .now()
        .thenCompose(all -> reads.named(scope, runId).thenApply(found -> only(found, all)));
  }

  private RunLine only(List<RunLine> found, boolean all) {
    if (found.isEmpty()) {
      throw settled.absent(all);
    }
    if (found.size() > 1) {
      throw new ProblemException(
          ReplayProblem.AMBIGUOUS_RUN,
          "say which with ?environment=, one of "
              + String.join(
                  ", ", found.stream().map(run -> run.environmentId().toString()).toList()));
    }
    return found.getFirst();
  }
}
