package dev.saferun.tenancy;

import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.ProblemException;

/** Faults of calls about organizations, projects and environments. */
public enum TenancyProblem implements ProblemCode {
  NAME_INVALID(400, "A name has the wrong form"),
  GROUP_TAKEN(409, "There is another group of that name or external id"),
  LAST_OWNER(409, "An organization that has an owner keeps one"),
  MEMBER_TAKEN(409, "There is another member of that name or external id"),
  ORGANIZATION_NAME_TAKEN(409, "There is another organization of that name");

  private final int status;
  private final String title;

  TenancyProblem(int status, String title) {
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
