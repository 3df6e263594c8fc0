package dev.saferun.auth.saml;

import java.util.Map;

/** How the browser carries a message to the identity provider. */
public sealed interface SamlDelivery {

  /** It is sent there. */
  record Redirect(String location) implements SamlDelivery {}

  /**
   * It posts a form by itself.
   *
   * @param fields as they are, not yet escaped for a page
   */
  record Post(String location, Map<String, String> fields) implements SamlDelivery {}
}
