package dev.saferun.auth.oidc;

/** Carries a refusal to the edge of this package, where it becomes an outcome. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  private final OidcRefusal refusal;
  private final String said;

  RefusedException(OidcRefusal refusal) {
    this(refusal, "");
  }

  /**
   * @param said the provider's own words, cleaned
   */
  RefusedException(OidcRefusal refusal, String said) {
    super(refusal.text());
    this.refusal = refusal;
    this.said = said;
  }

  OidcRefusal refusal() {
    return refusal;
  }

  String said() {
    return said;
  }
}
