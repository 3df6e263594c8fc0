package dev.saferun.auth.saml;

/** How a message travels through the browser. */
public enum SamlBinding {
  REDIRECT("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"),
  POST("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST");

  private final String uri;

  SamlBinding(String uri) {
    this.uri = uri;
  }

  /** Its name in metadata. */
  public String uri() {
    return uri;
  }
}
