package dev.saferun.evaluator.snapshot;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Policies that a test writes down itself, and a database that can be away. */
final class FakePolicySource implements PolicySource {

  final Map<UUID, Written> written = new HashMap<>();
  final List<Named> kept = new ArrayList<>();
  final AtomicInteger readsThatFail = new AtomicInteger();
  final AtomicInteger keepsThatFail = new AtomicInteger();

  @Override
  public synchronized CompletionStage<Map<UUID, Written>> read(UUID organizationId) {
    return failing(readsThatFail)
        ? CompletableFuture.failedStage(away())
        : CompletableFuture.completedStage(Map.copyOf(written));
  }

  @Override
  public synchronized CompletionStage<Void> keep(UUID organizationId, List<Named> snapshots) {
    if (!snapshots.isEmpty() && failing(keepsThatFail)) {
      return CompletableFuture.failedStage(away());
    }
    kept.addAll(snapshots);
    return CompletableFuture.completedStage(null);
  }

  private static boolean failing(AtomicInteger left) {
    return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
  }

  private static ProblemException away() {
    return new ProblemException(CommonProblem.DATABASE_UNAVAILABLE, "away");
  }
}
