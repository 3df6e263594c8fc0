package dev.saferun.auth.scim;

import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.ProblemException;

/** Faults of calls by a directory: the error types of RFC 7644, 3.12. */
public enum ScimProblem implements ProblemCode {
  INVALID_FILTER(400, "invalidFilter", "The filter is malformed or is not one that is answered"),
  INVALID_PATH(400, "invalidPath", "The path of an operation is malformed"),
  INVALID_SYNTAX(400, "invalidSyntax", "The body has not the form of a request of SCIM"),
  INVALID_VALUE(400, "invalidValue", "A value is missing or is none that the attribute can have"),
  MUTABILITY(400, "mutability", "The attribute cannot be changed that way"),
  NO_TARGET(400, "noTarget", "The path of an operation chooses nothing"),
  TOO_MANY(400, "tooMany", "The request holds more than is taken in one"),
  VERSION_PASSED(412, "", "The resource has another version than the one that is named");

  private final int status;
  private final String scimType;
  private final String title;

  ScimProblem(int status, String scimType, String title) {
    this.status = status;
    this.scimType = scimType;
    this.title = title;
  }

  ProblemException with(String detail) {
    return new ProblemException(this, detail);
  }

  /** The keyword of the protocol; empty where it has none. */
  String scimType() {
    return scimType;
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
