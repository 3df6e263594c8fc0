package dev.saferun.evaluator.hits;

import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RuleVersion;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The counts of every environment that this node decided for since it was started. They hold the
 * rules in force and no others, so memory is bounded by what is in force.
 */
@Singleton
public class RuleHits {

  private final InstantSource clock;
  private final Map<UUID, EnvironmentHits> environments = new ConcurrentHashMap<>();

  public RuleHits(InstantSource clock) {
    this.clock = clock;
  }

  /** Counts a decision that a snapshot made. */
  public void count(UUID environment, PolicySnapshot snapshot, Decision made) {
    EnvironmentHits hits = environments.get(environment);
    if (hits == null) {
      hits = environments.computeIfAbsent(environment, id -> new EnvironmentHits());
    }
    hits.follow(snapshot, clock);
    hits.count();
    count(hits, made.reasons());
    count(hits, made.shadow());
  }

  private void count(EnvironmentHits hits, List<Reason> reasons) {
    for (Reason reason : reasons) {
      if (reason.state() != null) {
        hits.count(reason, clock.instant());
      }
    }
  }

  /** Empty where no decision was made with that version here. */
  public Optional<Hits> of(UUID environment, RuleVersion rule) {
    return Optional.ofNullable(environments.get(environment)).flatMap(hits -> hits.of(rule));
  }
}
