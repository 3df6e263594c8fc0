package dev.saferun.redaction;

import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.ProblemException;

/** Refusals of this module. */
public enum RedactionProblem implements ProblemCode {
  INVALID_REDACTION_POLICY(400, "The redaction policy cannot be taken");

  private final int status;
  private final String title;

  RedactionProblem(int status, String title) {
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
