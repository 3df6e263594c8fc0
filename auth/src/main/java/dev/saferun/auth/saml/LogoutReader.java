package dev.saferun.auth.saml;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads one logout message of the identity provider. */
final class LogoutReader {

  private final SamlConnection connection;
  private final Checks checks;
  private final Expectation expectation;
  private final MessageRules rules;

  LogoutReader(SamlConnection connection, Checks checks, Expectation expectation) {
    this.connection = connection;
    this.checks = checks;
    this.expectation = expectation;
    this.rules = new MessageRules(connection, checks, expectation.now());
  }

  LogoutOutcome read(ReceivedMessage message) throws RefusedException {
    return switch (message) {
      case ReceivedMessage.Query query -> fromQuery(query);
      case ReceivedMessage.Form form -> fromForm(form);
    };
  }

  private LogoutOutcome fromQuery(ReceivedMessage.Query query) throws RefusedException {
    QueryMessage message = QueryMessage.parse(query.rawQuery(), checks);
    message.verify(connection.identityProvider().certificates());
    Element root = parsed(message.message(), message.isRequest());
    // In this binding the query is signed and the document is not (bindings, 3.4.4.1).
    checks.demand(SamlCheck.SIGNATURE_PLACE, Xml.child(root, Names.SIGNATURE).isEmpty());
    return outcome(root, message.relayState());
  }

  private LogoutOutcome fromForm(ReceivedMessage.Form form) throws RefusedException {
    boolean isRequest = form.request() != null;
    checks.demand(SamlCheck.QUERY_FORM, isRequest != (form.response() != null));
    String text = Objects.requireNonNullElse(isRequest ? form.request() : form.response(), "");
    Element received = parsed(Base64Field.decode(text, checks), isRequest);
    Optional<Element> signed =
        new XmlSignatures(checks, connection.identityProvider().certificates()).signed(received);
    checks.demand(SamlCheck.LOGOUT_SIGNED, signed.isPresent());
    return outcome(signed.orElse(received), form.relayState());
  }

  private Element parsed(byte[] bytes, boolean isRequest) throws RefusedException {
    Element root = new XmlReader(checks).read(bytes);
    new DocumentRules(checks)
        .check(root, isRequest ? Shapes.LOGOUT_REQUEST : Shapes.LOGOUT_RESPONSE);
    return root;
  }

  private LogoutOutcome outcome(Element root, @Nullable String relayState) throws RefusedException {
    checks.demand(
        SamlCheck.SIZE,
        relayState == null || relayState.length() <= SamlLimits.RETURNED_STATE_CHARACTERS_MAX);
    rules.check(root, connection.serviceProvider().singleLogout());
    Instant end = issued(root).plus(SamlLimits.LOGOUT_AGE_MAX);
    checks.demand(SamlCheck.LOGOUT_AGE, rules.isAhead(end));
    return Names.LOGOUT_REQUEST.is(root)
        ? asked(root, relayState, end)
        : answered(root, relayState);
  }

  private LogoutOutcome asked(Element root, @Nullable String relayState, Instant end)
      throws RefusedException {
    @Nullable String until = Xml.attribute(root, "NotOnOrAfter");
    checks.demand(
        SamlCheck.LOGOUT_NOT_ON_OR_AFTER,
        until == null || rules.isAhead(MessageRules.time(until)),
        rules.times(until));
    checks.demand(SamlCheck.ENCRYPTED_PARTS, Xml.count(root, Names.ENCRYPTED_ID) == 0);
    Element nameId = Xml.child(root, Names.NAME_ID).orElseThrow(LogoutReader::incomplete);
    Duration skew = rules.skew();
    return new LogoutOutcome.Asked(
        Objects.requireNonNullElse(Xml.attribute(root, "ID"), ""),
        LoginReader.nameId(nameId, checks),
        Xml.children(root, Names.SESSION_INDEX).stream().map(Xml::text).toList(),
        relayState,
        end.plus(skew));
  }

  private LogoutOutcome answered(Element root, @Nullable String relayState)
      throws RefusedException {
    checks.demand(SamlCheck.UNSOLICITED, expectation.requestId() != null);
    rules.checkAnswers(SamlCheck.IN_RESPONSE_TO, root, expectation.requestId());
    boolean isPartial =
        Names.PARTIAL_LOGOUT.equals(MessageRules.status(root).get("reason"))
            || Names.PARTIAL_LOGOUT.equals(MessageRules.status(root).get("status"));
    if (!isPartial) {
      rules.checkStatus(root);
    }
    return new LogoutOutcome.Answered(!isPartial, relayState);
  }

  private static Instant issued(Element root) throws RefusedException {
    @Nullable Instant issued = MessageRules.time(Xml.attribute(root, "IssueInstant"));
    if (issued == null) {
      throw incomplete();
    }
    return issued;
  }

  private static RefusedException incomplete() {
    return new RefusedException(
        SamlRefusal.MALFORMED, "the logout message does not say who or when");
  }
}
