package dev.saferun.evaluator.engine;

import dev.cel.common.types.CelType;
import dev.cel.common.values.StructValue;
import java.util.Optional;

/** {@code run}: the run's counts with this call included, each computed when a rule asks for it. */
@SuppressWarnings(
    "Immutable") // It lives for one decision, in which nothing of the request changes.
final class RunFields extends StructValue<String, Object> {

  private final String runId;
  private final RunProgress progress;

  RunFields(String runId, RunProgress progress) {
    this.runId = runId;
    this.progress = progress;
  }

  @Override
  public Object select(String field) {
    return read(field, runId, progress);
  }

  static Object read(String field, String runId, RunProgress progress) {
    return switch (field) {
      case "id" -> runId;
      case "calls" -> progress.calls();
      case "tool_calls" -> progress.toolCalls();
      case "calls_by_tool" -> progress.callsByTool();
      case "repeat" -> (long) progress.repeat();
      case "cycle_period" -> (long) progress.cycle().period();
      case "cycle_repeats" -> (long) progress.cycle().rounds();
      case "no_progress" -> (long) progress.noProgress();
      case "errors" -> (long) progress.errors();
      case "sums" -> progress.sums();
      case "whole" -> progress.before().whole();
      default -> throw RuleFailure.of(RuleError.NO_SUCH_FIELD);
    };
  }

  @Override
  public Optional<Object> find(String field) {
    return Optional.of(select(field));
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return false;
  }

  @Override
  public CelType celType() {
    return Vocabulary.typeOf("run");
  }
}
