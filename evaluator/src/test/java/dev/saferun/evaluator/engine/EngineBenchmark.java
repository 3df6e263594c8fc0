package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Evaluation;
import dev.saferun.evaluator.Fingerprint;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.NamedCall;
import dev.saferun.evaluator.Policies;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.tenancy.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What deciding costs, in time and in bytes: nine conditions compiled by us and planned by CEL's
 * own runtime, and whole decisions of small and large policies. {@code make engine-bench} runs it.
 */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EngineBenchmark {

  private static final List<String> NINE =
      List.of(
          "action.arguments.amount > context.plan.amount + 100",
          "context.plan.is_refund == false && action.arguments.reason == 'refund'",
          "action.arguments.currency != context.plan.currency",
          "action.arguments.amount >= 10000",
          "action.arguments.customer_id != context.state.customer_id",
          "run.repeat > 3 && action.arguments.amount > 100",
          "!has(context.plan.is_refund)",
          "action.arguments.recipient in ['acct-13', 'acct-14', 'acct-15']",
          "context.user_request.contains('cancel') && action.arguments.amount > 0");

  private static final Check CHECK =
      Policies.check(
          "payments.charge",
          "{'amount':4500,'currency':'EUR','customer_id':'cus-1','reason':'order 7',"
              + "'recipient':'acct-1'}",
          "{'user_request':'Please charge order 7.','plan':{'is_refund':false,'amount':4500,"
              + "'currency':'EUR'},'state':{'customer_id':'cus-1'}}");

  private static final RunState RUN = RunState.NEW;

  /** Nine conditions, each run once. */
  @State(Scope.Thread)
  public static class Conditions {

    private final LoopGuard guard = new LoopGuard(LoopGuardSettings.DEFAULT);
    private final Recorded call = new Recorded(CHECK, RUN, Fingerprint.of(CHECK));
    private final NamedCall name = new NamedCall();
    private final List<Condition> compiled = new ArrayList<>();
    private final List<Condition> planned = new ArrayList<>();

    public Conditions() {
      for (String condition : NINE) {
        compiled.add(condition(Language.compile(condition)));
        planned.add(condition(Language.plan(condition)));
      }
    }

    private static Condition condition(Language.Result result) {
      return switch (result) {
        case Language.Result.Compiled made -> made.condition();
        case Language.Result.Refused refused ->
            throw new IllegalStateException(refused.faults().toString());
      };
    }

    private int run(List<Condition> conditions) {
      Inputs inputs = Inputs.open(call, guard);
      int held = 0;
      for (int i = 0; i < conditions.size(); i++) {
        held += conditions.get(i).evaluate(inputs) instanceof Condition.Outcome.Held ? 1 : 0;
      }
      inputs.close();
      return held;
    }
  }

  @Benchmark
  public int nineConditionsByPlanner(Conditions conditions) {
    return conditions.run(conditions.planned);
  }

  @Benchmark
  public int nineConditions(Conditions conditions) {
    return conditions.run(conditions.compiled);
  }

  /** The nine, in a policy. */
  @State(Scope.Benchmark)
  public static class Nine {

    private final PolicySnapshot policy = policy(rules());

    private static List<RuleVersion> rules() {
      List<RuleVersion> rules = new ArrayList<>();
      for (int i = 0; i < NINE.size(); i++) {
        rules.add(Policies.rule("nine-" + i, NINE.get(i), Verdict.DENY, "payments.charge"));
      }
      return rules;
    }
  }

  /** What every call is named by, for the loop guard. */
  @Benchmark
  public long fingerprint(Conditions conditions) {
    conditions.name.take(CHECK);
    return conditions.name.call() + conditions.name.outline();
  }

  @Benchmark
  public Decision decideByNineRules(Nine nine) {
    return nine.policy.decide(CHECK, RUN);
  }

  @Benchmark
  public Evaluation decideByNineRulesAndCount(Nine nine) {
    return nine.policy.evaluate(CHECK, RUN);
  }

  /** Rules over a thousand tools, each for one recipient. */
  @State(Scope.Benchmark)
  public static class Many {

    @Param({"100", "1000", "100000"})
    int rules;

    private PolicySnapshot policy = policy(List.of());

    @Setup
    public void make() {
      List<RuleVersion> versions = new ArrayList<>();
      for (int i = 0; i < rules; i++) {
        versions.add(
            Policies.rule(
                "many-" + i,
                "action.arguments.recipient == 'acct-%d' && action.arguments.amount > %d"
                    .formatted(1_000 + i / 1_000, i % 97),
                Verdict.DENY,
                i % 1_000 == 0 ? "payments.charge" : "tool-" + i % 1_000));
      }
      policy = policy(versions);
    }
  }

  @Benchmark
  public Decision decideByManyRules(Many many) {
    return many.policy.decide(CHECK, RUN);
  }

  private static PolicySnapshot policy(List<RuleVersion> rules) {
    return PolicySnapshot.of(Policies.content(Mode.BLOCK, rules.toArray(RuleVersion[]::new)));
  }

  public static void main(String[] arguments) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(arguments.length > 0 ? arguments[0] : "EngineBenchmark")
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}
