package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.analysis.Reach;
import dev.saferun.evaluator.analysis.Trial;
import dev.saferun.evaluator.rules.PinnedCalls.Pinned;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.Scope;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;

/**
 * Tries the rules of a plan on the calls that are pinned to them and on a sample of what the
 * project recorded. Compiling happens off the event loops, and only where there is a call to try
 * them on.
 */
@Singleton
final class Examination {

  private static final int SAMPLE_MAX = 200;

  private final PinnedCalls calls;
  private final Snapshots snapshots;
  private final ExecutorService compiling;

  Examination(
      PinnedCalls calls, Snapshots snapshots, @Named(TaskExecutors.IO) ExecutorService compiling) {
    this.calls = calls;
    this.snapshots = snapshots;
    this.compiling = compiling;
  }

  /**
   * What came out.
   *
   * @param stopsEverything the rules that would hold up every call
   * @param failing the pinned calls that do not come out as they must
   */
  record Findings(Set<String> stopsEverything, List<Pin.Outcome> failing) {

    static final Findings NONE = new Findings(Set.of(), List.of());

    Findings {
      stopsEverything = Set.copyOf(stopsEverything);
      failing = List.copyOf(failing);
    }
  }

  CompletionStage<Findings> of(Plan plan) {
    if (plan.newlySpeaking().isEmpty()) {
      return CompletableFuture.completedStage(Findings.NONE);
    }
    Scope scope = plan.environment().scope();
    return calls
        .of(scope.organizationId(), scope.requireProject(), plan.pins())
        .thenCompose(
            pinned ->
                sample(plan)
                    .thenCompose(
                        sample ->
                            CompletableFuture.supplyAsync(
                                () -> findings(plan, pinned, sample), compiling)));
  }

  /** Only what would hold calls up is held against a sample. */
  private CompletionStage<List<Recorded>> sample(Plan plan) {
    Scope scope = plan.environment().scope();
    return plan.newlyBlocking().isEmpty()
        ? CompletableFuture.completedStage(List.of())
        : calls.recent(scope.organizationId(), scope.requireProject(), SAMPLE_MAX);
  }

  private Findings findings(Plan plan, List<Pinned> pinned, List<Recorded> sample) {
    Set<String> everything = new HashSet<>();
    plan.newlyBlocking().stream()
        .filter(Reach::isEverything)
        .forEach(rule -> everything.add(rule.name()));
    List<Pinned> spoken = pinned.stream().filter(isOf(plan.newlySpeaking())).toList();
    if (spoken.isEmpty() && sample.isEmpty()) {
      return new Findings(everything, List.of());
    }
    Trial trial = trial(plan);
    Set<String> blocking = names(plan.newlyBlocking());
    Reach.everyCallOf(sample, trial).stream().filter(blocking::contains).forEach(everything::add);
    return new Findings(
        everything,
        spoken.stream()
            .map(one -> one.outcome(trial))
            .filter(outcome -> !outcome.isAsItMust())
            .toList());
  }

  private Trial trial(Plan plan) {
    return Trial.of(
        plan.newlySpeaking(),
        plan.environment().onError(),
        snapshots.inForce(plan.environment().scope().requireEnvironment()).stream().toList());
  }

  private static Predicate<Pinned> isOf(List<RuleVersion> rules) {
    Set<String> names = names(rules);
    return pinned -> names.contains(pinned.pin().rule());
  }

  private static Set<String> names(List<RuleVersion> rules) {
    Set<String> names = new HashSet<>();
    rules.forEach(rule -> names.add(rule.name()));
    return names;
  }
}
