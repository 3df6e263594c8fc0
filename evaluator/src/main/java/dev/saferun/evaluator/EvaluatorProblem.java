package dev.saferun.evaluator;

import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.ProblemException;

/** What the evaluator refuses. */
public enum EvaluatorProblem implements ProblemCode {
  RULE_INVALID(400, "The rule's condition has faults"),
  TOO_MANY_RULES(409, "The project has as many rules as it may have"),
  NO_POLICY(503, "This node has no policy for the environment yet");

  private final int status;
  private final String title;

  EvaluatorProblem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public String code() {
    return ProblemException.kebab(this);
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
