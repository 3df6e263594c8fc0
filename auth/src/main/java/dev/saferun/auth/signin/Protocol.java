package dev.saferun.auth.signin;

import java.util.Locale;

/** What a connection speaks. */
public enum Protocol {
  OIDC,
  SAML;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
