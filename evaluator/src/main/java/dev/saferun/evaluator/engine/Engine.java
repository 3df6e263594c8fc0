package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.Evaluation;
import dev.saferun.evaluator.EvaluatorVersion;
import dev.saferun.evaluator.Explanation;
import dev.saferun.evaluator.IntentScore;
import dev.saferun.evaluator.Limits;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.Redecision;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.UnusableRuleException;
import dev.saferun.evaluator.Verdict;
import dev.saferun.evaluator.WindowUse;
import dev.saferun.tenancy.Mode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A compiled policy. No rule goes before another: every rule of the tool is asked, each one that
 * holds gives its reason, and the strongest verdict wins.
 */
public final class Engine {

  private final String snapshotId;
  private final Mode mode;
  private final LoopGuard loopGuard;
  private final IntentGuard intentGuard;
  private final RuleIndex index;
  private final Map<String, Condition> conditions;
  private final Decision allowed;

  private Engine(
      String snapshotId,
      Mode mode,
      LoopGuard loopGuard,
      IntentGuard intentGuard,
      RuleIndex index,
      Map<String, Condition> conditions) {
    this.snapshotId = snapshotId;
    this.mode = mode;
    this.loopGuard = loopGuard;
    this.intentGuard = intentGuard;
    this.index = index;
    this.conditions = conditions;
    this.allowed = decision(Verdict.ALLOW, Effect.PROCEED, new Reasons(), null);
  }

  /** Takes over every condition that one of the known engines has compiled already. */
  public static Engine of(PolicyContent content, String snapshotId, List<Engine> known) {
    Map<String, Condition> conditions = new HashMap<>();
    List<CompiledRule> rules = new ArrayList<>();
    for (ActiveRule active : content.rules()) {
      RuleVersion rule = active.rule();
      Condition condition = conditions.get(rule.condition());
      if (condition == null) {
        condition = known(rule.condition(), known).orElseGet(() -> compile(rule));
        conditions.put(rule.condition(), condition);
      }
      rules.add(new CompiledRule(active, condition, content.onErrorDefault()));
    }
    return new Engine(
        snapshotId,
        content.mode(),
        new LoopGuard(content.loopGuard()),
        new IntentGuard(content.intent()),
        new RuleIndex(rules),
        conditions);
  }

  private static Optional<Condition> known(String condition, List<Engine> engines) {
    for (Engine engine : engines) {
      Condition known = engine.conditions.get(condition);
      if (known != null) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  private static Condition compile(RuleVersion rule) {
    return switch (Language.compile(rule.condition())) {
      case Language.Result.Compiled compiled -> compiled.condition();
      case Language.Result.Refused refused ->
          throw new UnusableRuleException(rule.name(), refused.faults());
    };
  }

  public List<WindowUse> uses(Check check) {
    return loopGuard.uses(check);
  }

  public Evaluation evaluate(Check check, RunState before) {
    Inputs inputs = Inputs.open(check, before, loopGuard);
    try {
      Reasons reasons = judge(inputs);
      Decision decision = decision(inputs, reasons);
      return new Evaluation(
          decision, inputs.progress().after(decision.effect(), reasons.stopsRun()));
    } finally {
      inputs.close();
    }
  }

  /** The decision alone: the run's next state is not made. */
  public Decision decide(Check check, RunState before) {
    Inputs inputs = Inputs.open(check, before, loopGuard);
    try {
      return decision(inputs, judge(inputs));
    } finally {
      inputs.close();
    }
  }

  /** Decides a recorded call as {@link #decide} would, as far as what was kept tells. */
  public Redecision decideAgain(Recorded call) {
    Inputs inputs = Inputs.open(call, loopGuard);
    try {
      Reasons reasons = judge(inputs);
      loopGuard.undecidable(call.check()).ifPresent(reasons::add);
      return new Redecision(decision(inputs, reasons), reasons.undecidable());
    } finally {
      inputs.close();
    }
  }

  /**
   * Decides a recorded call again and takes the rules of its tool apart.
   *
   * @param wanted which of them, by name
   */
  public Explanation explain(Recorded call, Predicate<String> wanted) {
    Redecision again = decideAgain(call);
    List<CompiledRule> rules =
        index.rulesFor(call.check().tool()).all().stream()
            .filter(rule -> wanted.test(rule.version().name()))
            .toList();
    Inputs inputs = Inputs.open(call, loopGuard);
    try {
      Explainer explainer = new Explainer(inputs);
      List<Explanation.Rule> explained =
          rules.stream()
              .sorted(Comparator.comparing(rule -> !rule.speaks(inputs)))
              .limit(Limits.EXPLAINED_RULES_MAX)
              .map(rule -> rule.explain(explainer))
              .toList();
      return new Explanation(again, rules.size(), explained);
    } finally {
      inputs.close();
    }
  }

  private Reasons judge(Inputs inputs) {
    Reasons reasons = inputs.reasons();
    if (loopGuard.judge(inputs.progress(), reasons)) {
      reasons.stopRun();
    }
    inputs.score(intentGuard.judge(inputs.progress(), reasons).orElse(null));
    index.rulesFor(inputs.check().tool()).judge(inputs, reasons);
    return reasons;
  }

  private Decision decision(Inputs inputs, Reasons reasons) {
    IntentScore score = inputs.score();
    return reasons.isEmpty() && score == null
        ? allowed
        : decision(reasons.verdict(), reasons.effect(mode), reasons, score);
  }

  private Decision decision(
      Verdict verdict, Effect effect, Reasons reasons, @Nullable IntentScore score) {
    return new Decision(
        verdict,
        effect,
        mode,
        reasons.enforced(),
        reasons.shadow(),
        score,
        snapshotId,
        EvaluatorVersion.CURRENT);
  }
}
