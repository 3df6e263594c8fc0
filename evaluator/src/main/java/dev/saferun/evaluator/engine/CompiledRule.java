package dev.saferun.evaluator.engine;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.Verdict;
import dev.saferun.tenancy.OnError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule with its planned program; the reason that it gives when it holds is made once. */
final class CompiledRule {

  /** What a program depends on; two rules that agree in it share the program. */
  record Source(String condition) {
    static Source of(RuleVersion rule) {
      return new Source(rule.condition());
    }
  }

  private final RuleVersion rule;
  private final CelRuntime.Program program;
  private final List<ToolPattern> tools;
  private final Reason holds;

  CompiledRule(RuleVersion rule, CelRuntime.Program program) {
    this.rule = rule;
    this.program = program;
    this.tools = rule.tools().stream().map(ToolPattern::new).toList();
    this.holds =
        new Reason(
            Reason.Kind.RULE,
            rule.name(),
            rule.version(),
            rule.verdict(),
            rule.message(),
            Map.of());
  }

  /** The same program under another version's name, verdict and message. */
  CompiledRule as(RuleVersion other) {
    return other.equals(rule) ? this : new CompiledRule(other, program);
  }

  List<ToolPattern> tools() {
    return tools;
  }

  boolean isFor(String tool) {
    if (tools.isEmpty()) {
      return true;
    }
    for (ToolPattern pattern : tools) {
      if (pattern.matches(tool)) {
        return true;
      }
    }
    return false;
  }

  /** The reason that this rule gives, or null where its condition does not hold. */
  @Nullable Reason evaluate(RuleInput input, OnError onErrorDefault) {
    try {
      return Boolean.TRUE.equals(program.eval(input)) ? holds : null;
    } catch (CelEvaluationException fault) {
      return failed(fault.getErrorCode(), onErrorDefault);
    }
  }

  private Reason failed(CelErrorCode code, OnError onErrorDefault) {
    OnError onError = rule.onError().orElse(onErrorDefault);
    return new Reason(
        Reason.Kind.RULE_ERROR,
        rule.name(),
        rule.version(),
        verdictOf(onError),
        "The rule could not be evaluated for this call.",
        Map.of("error", nameOf(code), "on_error", onError.wire()));
  }

  private static Verdict verdictOf(OnError onError) {
    return switch (onError) {
      case DENY -> Verdict.DENY;
      case ESCALATE -> Verdict.ESCALATE;
      case IGNORE -> Verdict.ALLOW;
    };
  }

  /** Our own stable names: a library's may change, and these stand in evidence for years. */
  private static String nameOf(CelErrorCode code) {
    return switch (code) {
      case ATTRIBUTE_NOT_FOUND -> "no_such_key";
      case INDEX_OUT_OF_BOUNDS -> "index_out_of_bounds";
      case DIVIDE_BY_ZERO -> "divide_by_zero";
      case NUMERIC_OVERFLOW -> "overflow";
      case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD, TYPE_NOT_FOUND -> "type_mismatch";
      case ITERATION_BUDGET_EXCEEDED -> "cost_exceeded";
      case INVALID_ARGUMENT, BAD_FORMAT -> "invalid_argument";
      case DUPLICATE_ATTRIBUTE, INTERNAL_ERROR -> "other";
    };
  }
}
