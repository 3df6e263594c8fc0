package dev.saferun.auth.oidc;

import org.jspecify.annotations.Nullable;

/** What a token is for, and what it may say of that in its header. */
enum TokenKind {
  /** No type is registered for it; most providers say JWT, some nothing. */
  ID(OidcCheck.ID_TOKEN_KIND, "JWT"),
  /** OpenID Connect Back-Channel Logout 2.4: its own type is recommended and not demanded. */
  LOGOUT(OidcCheck.LOGOUT_TOKEN_KIND, "logout+jwt");

  private static final String GENERAL = "JWT";

  private final OidcCheck check;
  private final String type;

  /**
   * @param type of its own; the general one is taken as well
   */
  TokenKind(OidcCheck check, String type) {
    this.check = check;
    this.type = type;
  }

  OidcCheck check() {
    return check;
  }

  boolean maySay(@Nullable String said) {
    return said == null || said.equalsIgnoreCase(GENERAL) || said.equalsIgnoreCase(type);
  }
}
