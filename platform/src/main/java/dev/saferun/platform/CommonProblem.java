package dev.saferun.platform;

/** Faults that any endpoint can have. */
public enum CommonProblem implements ProblemCode {
  INVALID_JSON(400, "The body is not JSON that can be taken"),
  INVALID_FIELD(400, "A field is missing, unknown or has a wrong value"),
  INVALID_PARAMETER(400, "A parameter has a wrong value"),
  UNAUTHENTICATED(401, "The key, token or session is missing, wrong, expired or revoked"),
  PERMISSION_REQUIRED(403, "Your key or role does not allow this"),
  ENVIRONMENT_KEY_REQUIRED(403, "This needs a key of an environment"),
  NOT_FOUND(404, "There is no such thing in your scope"),
  METHOD_NOT_ALLOWED(405, "This address does not take that method"),
  CONFLICT(409, "It conflicts with what is there"),
  BODY_TOO_LARGE(413, "The body is larger than the limit"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json"),
  TOO_MANY_REQUESTS(429, "The rate limit is used up"),
  INTERNAL(500, "An unexpected fault; it is in the log under this request id"),
  DATABASE_UNAVAILABLE(503, "The database cannot be reached now"),
  SECRETS_UNAVAILABLE(503, "The keeper of the secrets cannot be asked now");

  private final int status;
  private final String title;

  CommonProblem(int status, String title) {
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
