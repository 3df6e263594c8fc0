package dev.saferun.evaluator.hits;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RuleVersion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The counts of one environment. The rules are those of the last snapshot that was seen. */
final class EnvironmentHits {

  /** A rule in its present version and state. */
  private static final class Counter {
    final UUID version;
    final RuleState state;
    final Instant since;
    final long decisionsBefore;
    final LongAdder held = new LongAdder();
    final LongAdder failed = new LongAdder();
    volatile @Nullable Instant last;

    Counter(ActiveRule rule, Instant since, long decisionsBefore) {
      this.version = rule.rule().id();
      this.state = rule.state();
      this.since = since;
      this.decisionsBefore = decisionsBefore;
    }

    boolean isOf(ActiveRule rule) {
      return version.equals(rule.rule().id()) && state == rule.state();
    }
  }

  /** A snapshot and the counters of its rules, by name. */
  private record Followed(PolicySnapshot snapshot, Map<String, Counter> counters) {}

  private final LongAdder decisions = new LongAdder();
  private volatile @Nullable Followed followed;

  /** A version that comes in, or comes back, is counted from here on. */
  void follow(PolicySnapshot snapshot, InstantSource clock) {
    Followed now = followed;
    if (now == null || now.snapshot != snapshot) {
      change(snapshot, clock.instant());
    }
  }

  private synchronized void change(PolicySnapshot snapshot, Instant at) {
    Followed before = followed;
    if (before != null && before.snapshot == snapshot) {
      return;
    }
    Map<String, Counter> old = before == null ? Map.of() : before.counters;
    long decided = decisions.sum();
    Map<String, Counter> counters = new HashMap<>();
    for (ActiveRule rule : snapshot.content().rules()) {
      Counter known = old.get(rule.rule().name());
      counters.put(
          rule.rule().name(),
          known != null && known.isOf(rule) ? known : new Counter(rule, at, decided));
    }
    followed = new Followed(snapshot, counters);
  }

  void count() {
    decisions.increment();
  }

  void count(Reason reason, Instant at) {
    Followed now = followed;
    Counter counter = now == null ? null : now.counters.get(reason.source());
    if (counter != null) {
      (reason.kind() == Reason.Kind.RULE ? counter.held : counter.failed).increment();
      counter.last = at;
    }
  }

  Optional<Hits> of(RuleVersion rule) {
    Followed now = followed;
    Counter counter = now == null ? null : now.counters.get(rule.name());
    return counter == null || !counter.version.equals(rule.id())
        ? Optional.empty()
        : Optional.of(hits(counter));
  }

  private Hits hits(Counter counter) {
    return new Hits(
        counter.since,
        decisions.sum() - counter.decisionsBefore,
        counter.held.sum(),
        counter.failed.sum(),
        Optional.ofNullable(counter.last));
  }
}
