package dev.saferun.audit;

import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.ProblemException;

/** Faults of this module's endpoints. */
public enum AuditProblem implements ProblemCode {
  NOT_IN_THE_LOG_YET(409, "The event has no place in the log yet"),
  EXPORT_NOT_DONE(409, "The export is not done yet"),
  DESTINATION_REFUSED(422, "The receiver did not take the test event");

  private final int status;
  private final String title;

  AuditProblem(int status, String title) {
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
