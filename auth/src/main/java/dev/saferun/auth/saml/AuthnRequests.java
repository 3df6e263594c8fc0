package dev.saferun.auth.saml;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Asks an identity provider who somebody is. */
public final class AuthnRequests {

  private static final Name NAME_ID_POLICY = new Name(Names.PROTOCOL, "NameIDPolicy");

  private AuthnRequests() {}

  /**
   * A signed request, for one browser.
   *
   * @param relayState comes back with the response, unprotected; 80 bytes of UTF-8 at most
   * @param force whether the person has to prove anew who he is
   */
  public static SamlMessage create(
      SamlConnection connection, @Nullable String relayState, boolean force, Instant now) {
    Outgoing.checkRelayState(relayState);
    ServiceProvider ours = connection.serviceProvider();
    SamlEndpoint theirs = connection.identityProvider().singleSignOn();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("ID", XmlWriter.newId());
    attributes.put("Version", Names.VERSION);
    attributes.put("IssueInstant", XmlWriter.time(now));
    attributes.put("Destination", theirs.location());
    attributes.put("AssertionConsumerServiceURL", ours.assertionConsumer());
    attributes.put("ProtocolBinding", SamlBinding.POST.uri());
    if (force) {
      attributes.put("ForceAuthn", "true");
    }
    Element root = XmlWriter.root(Names.AUTHN_REQUEST, attributes);
    XmlWriter.declare(root, Names.SAML);
    XmlWriter.append(root, Names.ISSUER, ours.entityId());
    XmlWriter.append(root, NAME_ID_POLICY, Map.of("AllowCreate", "true"));
    return Outgoing.message(
        root,
        QueryMessage.REQUEST,
        theirs.binding(),
        theirs.location(),
        relayState,
        ours.signingKeys().getFirst());
  }
}
