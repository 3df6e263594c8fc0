package dev.saferun.evaluator;

import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.ProblemException;

/** What the evaluator refuses. */
public enum EvaluatorProblem implements ProblemCode {
  RULE_NAME_INVALID(400, "A rule's name has the wrong form"),
  RULE_INVALID(400, "The rule has faults"),
  TOO_MANY_RULES(409, "The project has as many rules as it may have"),
  EVIDENCE_MISSING(409, "A rule may stop calls only with a backtest of it, or with a reason"),
  WOULD_STOP_EVERYTHING(409, "A rule would hold up every call"),
  PIN_FAILS(409, "A call that is pinned to a rule does not come out as it must"),
  TOO_FEW_LABELS(409, "There are too few labels of one kind to learn from"),
  TOO_MANY_PINS(409, "The rule has as many pinned calls as it may have"),
  RULE_CHANGED(412, "The rule is not the version that you go by"),
  ENVIRONMENT_CHANGED(412, "The environment's rules are not those that you go by"),
  POLICY_NOT_LOADED(503, "This node has no policy for the environment yet"),
  NOT_IN_FORCE(503, "The change is kept, but not yet in force on this node");

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
