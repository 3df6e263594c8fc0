package dev.saferun.evaluator.engine;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;

/** A whole condition that is left to CEL's own runtime. */
final class Planned extends Node {

  private final CelRuntime.Program program;

  Planned(CelRuntime.Program program) {
    this.program = program;
  }

  @Override
  Object value(Inputs inputs) {
    try {
      return program.eval(inputs.variables());
    } catch (CelEvaluationException failure) {
      throw RuleFailure.of(RuleError.of(failure));
    }
  }
}
