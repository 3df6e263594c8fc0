package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.Explanation;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.Redecision.Undecidable;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.Verdict;
import dev.saferun.tenancy.OnError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule with its condition ready to run and the reason that it gives ready to be given. */
final class CompiledRule {

  private final ActiveRule active;
  private final Condition condition;
  private final OnError onError;
  private final Reason reason;

  CompiledRule(ActiveRule active, Condition condition, OnError onErrorDefault) {
    this.active = active;
    this.condition = condition;
    this.onError = active.rule().onError().orElse(onErrorDefault);
    this.reason =
        reason(Reason.Kind.RULE, active.rule().verdict(), active.rule().message(), Map.of());
  }

  RuleVersion version() {
    return active.rule();
  }

  Condition condition() {
    return condition;
  }

  void judge(Inputs inputs, Reasons reasons) {
    switch (condition.evaluate(inputs)) {
      case Condition.Outcome.Held held -> reasons.add(reason);
      case Condition.Outcome.DidNotHold nothing -> {}
      case Condition.Outcome.Failed failed -> reasons.add(failure(failed.error()));
      case Condition.Outcome.Undecidable open -> reasons.add(undecidable());
    }
  }

  /** Whether it holds, or fails: whether it is anything but silent. */
  boolean speaks(Inputs inputs) {
    return !(condition.evaluate(inputs) instanceof Condition.Outcome.DidNotHold);
  }

  Explanation.Rule explain(Explainer explainer) {
    try {
      CheckedCondition checked = Language.checked(active.rule().condition());
      return new Explanation.Rule(active, explainer.explain(checked));
    } catch (Language.Refusal refusal) {
      throw new IllegalStateException("the condition was compiled before", refusal);
    }
  }

  private Reason failure(RuleError error) {
    return reason(
        Reason.Kind.RULE_ERROR,
        verdictOf(onError),
        error.message(),
        Map.of("error", error.wire(), "on_error", onError.wire()));
  }

  private Reason reason(
      Reason.Kind kind, Verdict verdict, String message, Map<String, @Nullable Object> details) {
    RuleVersion rule = active.rule();
    return new Reason(kind, rule.name(), rule.version(), active.state(), verdict, message, details);
  }

  private Undecidable undecidable() {
    RuleVersion rule = active.rule();
    Verdict failed = verdictOf(onError);
    Verdict atMost = failed.compareTo(rule.verdict()) > 0 ? failed : rule.verdict();
    return new Undecidable(rule.name(), rule.version(), active.state(), atMost);
  }

  private static Verdict verdictOf(OnError onError) {
    return switch (onError) {
      case DENY -> Verdict.DENY;
      case ESCALATE -> Verdict.ESCALATE;
      case IGNORE -> Verdict.ALLOW;
    };
  }
}
