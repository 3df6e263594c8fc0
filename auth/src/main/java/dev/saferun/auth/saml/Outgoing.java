package dev.saferun.auth.saml;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Signs a message of ours and puts it into the form that its binding has. */
final class Outgoing {

  private Outgoing() {}

  /**
   * @param field {@code SAMLRequest} or {@code SAMLResponse}
   * @param location where it goes
   */
  static SamlMessage message(
      Element root,
      String field,
      SamlBinding binding,
      String location,
      @Nullable String relayState,
      SamlKeyPair key) {
    SamlDelivery delivery =
        switch (binding) {
          case REDIRECT -> redirect(root, field, location, relayState, key);
          case POST -> post(root, field, location, relayState, key);
        };
    return new SamlMessage(root.getAttribute("ID"), delivery);
  }

  /** For a state of ours; that of the other side goes back as it came. */
  static void checkRelayState(@Nullable String relayState) {
    if (relayState != null
        && relayState.getBytes(StandardCharsets.UTF_8).length > SamlLimits.RELAY_STATE_BYTES_MAX) {
      throw new IllegalArgumentException("a relay state has 80 bytes at most");
    }
  }

  private static SamlDelivery redirect(
      Element root, String field, String location, @Nullable String relayState, SamlKeyPair key) {
    String query = QueryMessage.write(field, XmlWriter.bytes(root), relayState, key);
    return new SamlDelivery.Redirect(location + (location.contains("?") ? "&" : "?") + query);
  }

  private static SamlDelivery post(
      Element root, String field, String location, @Nullable String relayState, SamlKeyPair key) {
    // Behind the issuer, which is the first child of every message.
    XmlSigner.sign(root, root.getFirstChild().getNextSibling(), key);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(field, Base64.getEncoder().encodeToString(XmlWriter.bytes(root)));
    if (relayState != null) {
      fields.put(QueryMessage.RELAY_STATE, relayState);
    }
    return new SamlDelivery.Post(location, Map.copyOf(fields));
  }
}
