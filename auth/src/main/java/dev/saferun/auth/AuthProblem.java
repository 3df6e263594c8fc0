package dev.saferun.auth;

import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.ProblemException;

/** Faults of calls about keys. */
public enum AuthProblem implements ProblemCode {
  OWN_KEY(409, "A key cannot revoke or shorten itself"),
  SIGN_IN_NOT_PROVEN(409, "Single sign-on was not seen to work yet"),
  PERSON_REQUIRED(403, "This is for a person who signed in");

  private final int status;
  private final String title;

  AuthProblem(int status, String title) {
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
