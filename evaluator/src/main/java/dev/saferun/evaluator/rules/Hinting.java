package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.analysis.Hint;
import dev.saferun.evaluator.analysis.Likeness;
import dev.saferun.evaluator.analysis.Trial;
import dev.saferun.evaluator.hits.Hits;
import dev.saferun.evaluator.hits.RuleHits;
import dev.saferun.evaluator.rules.Examination.Findings;
import dev.saferun.evaluator.rules.PinnedCalls.Pinned;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.Database;
import dev.saferun.platform.Scope;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * Gathers what there is to look at before a plan is written, beside what this node has in force.
 */
@Singleton
final class Hinting {

  private static final int PINS_MAX = 200;

  private final Database database;
  private final PinRows pins;
  private final PinnedCalls calls;
  private final Snapshots snapshots;
  private final RuleHits hits;
  private final ExecutorService compiling;

  Hinting(
      Database database,
      PinRows pins,
      PinnedCalls calls,
      Snapshots snapshots,
      RuleHits hits,
      @Named(TaskExecutors.IO) ExecutorService compiling) {
    this.database = database;
    this.pins = pins;
    this.calls = calls;
    this.snapshots = snapshots;
    this.hits = hits;
    this.compiling = compiling;
  }

  CompletionStage<List<Hint>> of(Plan plan, Findings findings) {
    Scope scope = plan.environment().scope();
    return database
        .inConnection(
            scope.organizationId(),
            connection ->
                pins.mustAllow(connection, scope.organizationId(), scope.requireProject(), PINS_MAX)
                    .toCompletionStage())
        .thenCompose(found -> calls.of(scope.organizationId(), scope.requireProject(), found))
        .thenApplyAsync(mustAllow -> hints(plan, findings, mustAllow), compiling);
  }

  private List<Hint> hints(Plan plan, Findings findings, List<Pinned> mustAllow) {
    Optional<PolicySnapshot> inForce =
        snapshots.inForce(plan.environment().scope().requireEnvironment());
    Map<String, ActiveRule> together = together(plan, inForce);
    List<Hint> hints = new ArrayList<>();
    Likeness likeness = new Likeness(List.copyOf(together.values()));
    for (ActiveRule rule : changed(plan)) {
      hints.addAll(likeness.hints(rule));
      if (findings.stopsEverything().contains(rule.rule().name())) {
        hints.add(hint(Hint.Kind.STOPS_EVERYTHING, rule.rule(), "it would hold up every call"));
      }
      neverFires(plan, rule).ifPresent(hints::add);
    }
    findings.failing().forEach(outcome -> hints.add(pinFails(plan, outcome)));
    hints.addAll(conflicts(plan, together, mustAllow, inForce));
    return hints;
  }

  /** The rules that would be in force together, by name. */
  private static Map<String, ActiveRule> together(Plan plan, Optional<PolicySnapshot> inForce) {
    Map<String, ActiveRule> together = new TreeMap<>();
    inForce.ifPresent(
        snapshot ->
            snapshot.content().rules().forEach(rule -> together.put(rule.rule().name(), rule)));
    plan.lines().forEach(line -> together.remove(line.rule()));
    changed(plan).forEach(rule -> together.put(rule.rule().name(), rule));
    return together;
  }

  private static List<ActiveRule> changed(Plan plan) {
    List<ActiveRule> changed = new ArrayList<>();
    for (RuleInForce line : plan.lines()) {
      RuleVersion version = plan.versions().get(line.versionId());
      if (version != null && line.state() != RuleState.DRAFT) {
        changed.add(ActiveRule.of(version, line.state()));
      }
    }
    return changed;
  }

  private static Hint hint(Hint.Kind kind, RuleVersion rule, String detail) {
    return new Hint(kind, rule.name(), rule.version(), null, detail);
  }

  private Optional<Hint> neverFires(Plan plan, ActiveRule rule) {
    return hits.of(plan.environment().scope().requireEnvironment(), rule.rule())
        .filter(Hits::neverFired)
        .map(
            counted ->
                hint(
                    Hint.Kind.NEVER_FIRES,
                    rule.rule(),
                    "none of the %d decisions that this node made here since %s named it"
                        .formatted(counted.decisions(), counted.since())));
  }

  private static Hint pinFails(Plan plan, Pin.Outcome outcome) {
    Pin pin = outcome.pin();
    int version =
        plan.lines().stream()
            .filter(line -> line.rule().equals(pin.rule()))
            .mapToInt(RuleInForce::version)
            .findFirst()
            .orElse(pin.version());
    return new Hint(
        Hint.Kind.PIN_FAILS,
        pin.rule(),
        version,
        null,
        "decision %s is pinned as %s and comes out as %s"
            .formatted(pin.decisionId(), pin.expect().wire(), outcome.found().wire()));
  }

  /** Only pairs of which the plan changes one; shadows stop nothing. */
  private static List<Hint> conflicts(
      Plan plan,
      Map<String, ActiveRule> together,
      List<Pinned> mustAllow,
      Optional<PolicySnapshot> inForce) {
    List<RuleVersion> speaking =
        together.values().stream()
            .filter(rule -> rule.state() != RuleState.SHADOW)
            .map(ActiveRule::rule)
            .toList();
    if (mustAllow.isEmpty() || speaking.isEmpty()) {
      return List.of();
    }
    Trial trial = Trial.of(speaking, plan.environment().onError(), inForce.stream().toList());
    List<Hint> conflicts = new ArrayList<>();
    for (Pinned pinned : mustAllow) {
      pinned
          .call()
          .ifPresent(
              call ->
                  trial.stopping(call).stream()
                      .sorted()
                      .map(stopping -> conflict(plan, together, pinned.pin(), stopping))
                      .flatMap(Optional::stream)
                      .forEach(conflicts::add));
    }
    return conflicts;
  }

  private static Optional<Hint> conflict(
      Plan plan, Map<String, ActiveRule> together, Pin pin, String stopping) {
    boolean changes =
        plan.lines().stream()
            .anyMatch(line -> line.rule().equals(stopping) || line.rule().equals(pin.rule()));
    ActiveRule stops = together.get(stopping);
    if (stopping.equals(pin.rule())
        || !together.containsKey(pin.rule())
        || stops == null
        || !changes) {
      return Optional.empty();
    }
    return Optional.of(
        new Hint(
            Hint.Kind.CONFLICT,
            stopping,
            stops.rule().version(),
            pin.rule(),
            "it stops decision %s, which '%s' must allow".formatted(pin.decisionId(), pin.rule())));
  }
}
