package dev.saferun.evaluator;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Backtests that a test writes down itself. */
@Singleton
public final class FakeBacktests implements BacktestEvidence {

  private final Map<UUID, Finding> findings = new ConcurrentHashMap<>();

  /** A new backtest's id. */
  public UUID add(Finding finding) {
    UUID id = UUID.randomUUID();
    findings.put(id, finding);
    return id;
  }

  @Override
  public CompletionStage<Optional<Finding>> find(
      UUID organizationId, UUID projectId, UUID backtestId) {
    return CompletableFuture.completedStage(Optional.ofNullable(findings.get(backtestId)));
  }
}
