package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import java.util.Map;

/** What the conditions of one decision read, and the step budget of the one that runs now. */
final class Inputs {

  private final Steps steps = new Steps();
  private final Map<String, Object> variables;

  Inputs(Check check, RunProgress run) {
    this.variables =
        Map.of(
            "action", new RequestFields(Vocabulary.typeOf("action"), check.action(), steps),
            "context", new RequestFields(Vocabulary.typeOf("context"), check.context(), steps),
            "run", new RunFields(check.runId(), run),
            "agent", new RequestFields(Vocabulary.typeOf("agent"), check.agent(), steps));
  }

  /** The variables by name, for an evaluation that starts now. */
  Map<String, Object> start() {
    steps.restart();
    return variables;
  }
}
