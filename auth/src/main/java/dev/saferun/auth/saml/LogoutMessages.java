package dev.saferun.auth.saml;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Single logout: asks for it, answers, and reads what the identity provider asks and answers. */
public final class LogoutMessages {

  private final Checks checks;

  public LogoutMessages() {
    this(Checks.ALL);
  }

  LogoutMessages(Checks checks) {
    this.checks = checks;
  }

  /**
   * A message to an endpoint that takes both is recognised by its field.
   *
   * @param connection the one whose address the message came to
   */
  public LogoutOutcome read(
      SamlConnection connection, ReceivedMessage message, Expectation expectation) {
    try {
      return new LogoutReader(connection, checks, expectation).read(message);
    } catch (RefusedException refused) {
      return new LogoutOutcome.Refused(refused.refusal(), refused.text(), refused.values());
    }
  }

  /**
   * Asks the identity provider to end the sessions of a person.
   *
   * @param sessionIndexes which; none for all of them
   * @param relayState comes back with the answer, unprotected; 80 bytes of UTF-8 at most
   * @throws IllegalArgumentException where it has no single logout
   */
  public static SamlMessage request(
      SamlConnection connection,
      NameId subject,
      List<String> sessionIndexes,
      @Nullable String relayState,
      Instant now) {
    Outgoing.checkRelayState(relayState);
    SamlEndpoint to = endpoint(connection);
    Element root = root(connection, Names.LOGOUT_REQUEST, to.location(), Map.of(), now);
    XmlWriter.append(root, Names.NAME_ID, subject.value());
    nameAttributes(subject).forEach(((Element) root.getLastChild())::setAttribute);
    sessionIndexes.forEach(one -> XmlWriter.append(root, Names.SESSION_INDEX, one));
    return Outgoing.message(
        root, QueryMessage.REQUEST, to.binding(), to.location(), relayState, key(connection));
  }

  /**
   * Answers that the sessions are ended.
   *
   * @param asked what is answered
   * @param done false where it did not work
   * @throws IllegalArgumentException where the identity provider has no single logout
   */
  public static SamlMessage answer(
      SamlConnection connection, LogoutOutcome.Asked asked, boolean done, Instant now) {
    SamlEndpoint to = endpoint(connection);
    Element root =
        root(
            connection,
            Names.LOGOUT_RESPONSE,
            to.answersTo(),
            Map.of("InResponseTo", asked.id()),
            now);
    Element status = XmlWriter.append(root, Names.STATUS, Map.of());
    XmlWriter.append(
        status, Names.STATUS_CODE, Map.of("Value", done ? Names.SUCCESS : Names.RESPONDER));
    return Outgoing.message(
        root,
        QueryMessage.RESPONSE,
        to.binding(),
        to.answersTo(),
        asked.relayState(),
        key(connection));
  }

  private static Element root(
      SamlConnection connection,
      Name name,
      String destination,
      Map<String, String> more,
      Instant now) {
    Map<String, String> attributes = new LinkedHashMap<>(more);
    attributes.put("ID", XmlWriter.newId());
    attributes.put("Version", Names.VERSION);
    attributes.put("IssueInstant", XmlWriter.time(now));
    attributes.put("Destination", destination);
    Element root = XmlWriter.root(name, attributes);
    XmlWriter.declare(root, Names.SAML);
    XmlWriter.append(root, Names.ISSUER, connection.serviceProvider().entityId());
    return root;
  }

  private static Map<String, String> nameAttributes(NameId subject) {
    Map<String, String> attributes = new LinkedHashMap<>();
    put(attributes, "Format", subject.format());
    put(attributes, "NameQualifier", subject.nameQualifier());
    put(attributes, "SPNameQualifier", subject.serviceProviderNameQualifier());
    return attributes;
  }

  private static void put(Map<String, String> attributes, String name, @Nullable String value) {
    if (value != null) {
      attributes.put(name, value);
    }
  }

  private static SamlEndpoint endpoint(SamlConnection connection) {
    SamlEndpoint endpoint = connection.identityProvider().singleLogout();
    if (endpoint == null) {
      throw new IllegalArgumentException("the identity provider has no single logout");
    }
    return endpoint;
  }

  private static SamlKeyPair key(SamlConnection connection) {
    return connection.serviceProvider().signingKeys().getFirst();
  }
}
