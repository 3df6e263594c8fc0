package dev.saferun.auth.saml;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What is asked of an assertion (core specification, 2.5; web browser SSO profile, 4.1.4.3). */
final class AssertionRules {

  private final SamlConnection connection;
  private final Checks checks;
  private final MessageRules rules;
  private final Expectation expectation;

  AssertionRules(
      SamlConnection connection, Checks checks, MessageRules rules, Expectation expectation) {
    this.connection = connection;
    this.checks = checks;
    this.rules = rules;
    this.expectation = expectation;
  }

  void check(Element assertion) throws RefusedException {
    checks.demandSame(SamlCheck.VERSION, Names.VERSION, Xml.attribute(assertion, "Version"));
    rules.checkIssuer(SamlCheck.ASSERTION_ISSUER, assertion);
    rules.checkNotFuture(
        SamlCheck.ASSERTION_ISSUE_INSTANT, Xml.attribute(assertion, "IssueInstant"));
    checks.demand(
        SamlCheck.ENCRYPTED_PARTS,
        Xml.count(assertion, Names.ENCRYPTED_ID) == 0
            && Xml.count(assertion, Names.ENCRYPTED_ATTRIBUTE) == 0);
    checkConfirmations(assertion);
    checkConditions(assertion);
    checkLogin(assertion);
  }

  /** One that fits is enough; else the refusal is that of the last one. */
  private void checkConfirmations(Element assertion) throws RefusedException {
    List<Element> bearers =
        Xml.child(assertion, Names.SUBJECT).stream()
            .flatMap(subject -> Xml.children(subject, Names.CONFIRMATION).stream())
            .filter(this::isBearer)
            .toList();
    checks.demand(SamlCheck.BEARER, !bearers.isEmpty());
    for (int i = 0; i < bearers.size(); i++) {
      try {
        checkConfirmation(bearers.get(i));
        return;
      } catch (RefusedException refused) {
        if (i == bearers.size() - 1) {
          throw refused;
        }
      }
    }
  }

  private boolean isBearer(Element confirmation) {
    return !checks.has(SamlCheck.BEARER)
        || Names.BEARER.equals(Xml.attribute(confirmation, "Method"));
  }

  private void checkConfirmation(Element confirmation) throws RefusedException {
    Element data = Xml.child(confirmation, Names.CONFIRMATION_DATA).orElse(confirmation);
    checks.demandSame(
        SamlCheck.RECIPIENT,
        connection.serviceProvider().assertionConsumer(),
        Xml.attribute(data, "Recipient"));
    rules.checkAnswers(SamlCheck.CONFIRMATION_IN_RESPONSE_TO, data, expectation.requestId());
    checks.demand(SamlCheck.CONFIRMATION_NOT_BEFORE, Xml.attribute(data, "NotBefore") == null);
    checkAhead(SamlCheck.CONFIRMATION_NOT_ON_OR_AFTER, Xml.attribute(data, "NotOnOrAfter"));
  }

  private void checkConditions(Element assertion) throws RefusedException {
    Optional<Element> conditions = Xml.child(assertion, Names.CONDITIONS);
    @Nullable String from = conditions.map(one -> Xml.attribute(one, "NotBefore")).orElse(null);
    @Nullable Instant start = MessageRules.time(from);
    checks.demand(SamlCheck.NOT_BEFORE, start != null && !rules.isFuture(start), rules.times(from));
    checkAhead(
        SamlCheck.NOT_ON_OR_AFTER,
        conditions.map(one -> Xml.attribute(one, "NotOnOrAfter")).orElse(null));
    checks.demand(SamlCheck.AUDIENCE, conditions.map(this::isForUs).orElse(false));
  }

  /** Every restriction must have us, and there must be one. */
  private boolean isForUs(Element conditions) {
    List<Element> restrictions = Xml.children(conditions, Names.AUDIENCE_RESTRICTION);
    return !restrictions.isEmpty()
        && restrictions.stream()
            .allMatch(
                restriction ->
                    Xml.children(restriction, Names.AUDIENCE).stream()
                        .map(Xml::text)
                        .anyMatch(connection.serviceProvider().entityId()::equals));
  }

  private void checkLogin(Element assertion) throws RefusedException {
    List<Element> statements = Xml.children(assertion, Names.AUTHN_STATEMENT);
    checks.demand(SamlCheck.ONE_LOGIN, statements.size() == 1);
    Element statement = statements.isEmpty() ? assertion : statements.getFirst();
    @Nullable String at = Xml.attribute(statement, "AuthnInstant");
    rules.checkNotFuture(SamlCheck.AUTHN_INSTANT, at);
    checks.demand(SamlCheck.LOGIN_AGE, isRecent(MessageRules.time(at)), rules.times(at));
    if (Xml.attribute(statement, "SessionNotOnOrAfter") != null) {
      checkAhead(SamlCheck.SESSION_END, Xml.attribute(statement, "SessionNotOnOrAfter"));
    }
  }

  private boolean isRecent(@Nullable Instant login) {
    @Nullable Duration ageMax = connection.policy().loginAgeMax();
    return ageMax == null || (login != null && rules.isAhead(login.plus(ageMax)));
  }

  private void checkAhead(SamlCheck check, @Nullable String end) throws RefusedException {
    checks.demand(check, rules.isAhead(MessageRules.time(end)), rules.times(end));
  }
}
