package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.Verdict;
import dev.saferun.tenancy.OnError;
import java.util.Map;

/** A rule with its condition ready to run and the reason that it gives ready to be given. */
final class CompiledRule {

  private final RuleVersion version;
  private final Condition condition;
  private final OnError onError;
  private final Reason reason;

  CompiledRule(RuleVersion version, Condition condition, OnError onErrorDefault) {
    this.version = version;
    this.condition = condition;
    this.onError = version.onError().orElse(onErrorDefault);
    this.reason =
        new Reason(
            Reason.Kind.RULE,
            version.name(),
            version.version(),
            version.verdict(),
            version.message(),
            Map.of());
  }

  RuleVersion version() {
    return version;
  }

  void judge(Inputs inputs, Reasons reasons) {
    switch (condition.evaluate(inputs)) {
      case Condition.Outcome.Held held -> reasons.add(reason);
      case Condition.Outcome.DidNotHold nothing -> {}
      case Condition.Outcome.Failed failed -> reasons.add(reasonOf(failed.error()));
    }
  }

  private Reason reasonOf(RuleError error) {
    return new Reason(
        Reason.Kind.RULE_ERROR,
        version.name(),
        version.version(),
        verdictOf(onError),
        error.message(),
        Map.of("error", error.wire(), "on_error", onError.wire()));
  }

  private static Verdict verdictOf(OnError onError) {
    return switch (onError) {
      case DENY -> Verdict.DENY;
      case ESCALATE -> Verdict.ESCALATE;
      case IGNORE -> Verdict.ALLOW;
    };
  }
}
