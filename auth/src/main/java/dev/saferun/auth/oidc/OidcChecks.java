package dev.saferun.auth.oidc;

import java.util.EnumSet;
import java.util.Set;

/** Which checks are on. */
record OidcChecks(Set<OidcCheck> on) {

  static OidcChecks all() {
    return new OidcChecks(EnumSet.allOf(OidcCheck.class));
  }

  /** For the tests: what one check is good for shows without it. */
  static OidcChecks allBut(OidcCheck one) {
    return new OidcChecks(EnumSet.complementOf(EnumSet.of(one)));
  }

  boolean has(OidcCheck check) {
    return on.contains(check);
  }

  void require(OidcCheck check, boolean holds) throws RefusedException {
    if (!holds && has(check)) {
      throw new RefusedException(check.refusal());
    }
  }
}
