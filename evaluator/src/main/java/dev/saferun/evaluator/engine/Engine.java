package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.EvaluatorVersion;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled policy: its rules by tool, its loop guard, and how they add up to a decision. */
public final class Engine {

  private final String snapshot;
  private final Mode mode;
  private final OnError onErrorDefault;
  private final Map<CompiledRule.Source, CompiledRule> rules;
  private final RuleIndex index;
  private final LoopGuard loopGuard;

  private Engine(
      String snapshot,
      PolicyContent content,
      Map<CompiledRule.Source, CompiledRule> rules,
      RuleIndex index) {
    this.snapshot = snapshot;
    this.mode = content.mode();
    this.onErrorDefault = content.onErrorDefault();
    this.rules = rules;
    this.index = index;
    this.loopGuard = new LoopGuard(content.loopGuard());
  }

  /** Compiles what {@code previous} does not already hold. */
  public static Engine of(String snapshot, PolicyContent content, @Nullable Engine previous) {
    Map<CompiledRule.Source, CompiledRule> rules = new HashMap<>(content.rules().size() * 2);
    List<CompiledRule> inOrder = new ArrayList<>(content.rules().size());
    for (RuleVersion rule : content.rules()) {
      CompiledRule.Source source = CompiledRule.Source.of(rule);
      CompiledRule known = previous == null ? null : previous.rules.get(source);
      CompiledRule compiled = known == null ? RuleCompiler.compile(rule) : known.as(rule);
      rules.put(source, compiled);
      inOrder.add(compiled);
    }
    return new Engine(snapshot, content, rules, new RuleIndex(inOrder));
  }

  public Decision decide(Check check, RunState before) {
    LoopGuard.Finding loop = loopGuard.look(check, before);
    List<Reason> reasons = new ArrayList<>(2);
    CompiledRule[] candidates = index.of(check.tool());
    if (candidates.length > 0) {
      RuleInput input = new RuleInput(check, before, loop);
      for (CompiledRule rule : candidates) {
        Reason reason = rule.evaluate(input, onErrorDefault);
        if (reason != null) {
          reasons.add(reason);
        }
      }
    }
    loopGuard.addReasons(loop, reasons);
    Verdict verdict = Verdict.ALLOW;
    for (Reason reason : reasons) {
      verdict = reason.verdict().compareTo(verdict) > 0 ? reason.verdict() : verdict;
    }
    return new Decision(
        verdict, Effect.of(verdict, mode), mode, reasons, snapshot, EvaluatorVersion.CURRENT);
  }

  public RunState after(Check check, RunState before, Decision decision) {
    return loopGuard.after(check, before, decision.effect());
  }
}
