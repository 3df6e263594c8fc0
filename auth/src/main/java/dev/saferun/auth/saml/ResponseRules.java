package dev.saferun.auth.saml;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What is asked of a response around its assertion (web browser SSO profile, 4.1.4). */
final class ResponseRules {

  private final SamlConnection connection;
  private final Checks checks;
  private final MessageRules rules;
  private final @Nullable String requestId;

  ResponseRules(
      SamlConnection connection, Checks checks, MessageRules rules, @Nullable String requestId) {
    this.connection = connection;
    this.checks = checks;
    this.rules = rules;
    this.requestId = requestId;
  }

  void check(Element response) throws RefusedException {
    rules.checkStatus(response);
    rules.check(response, connection.serviceProvider().assertionConsumer());
    checks.demand(
        SamlCheck.UNSOLICITED,
        requestId != null || connection.policy().allowsUnsolicited(),
        Map.of());
    rules.checkAnswers(SamlCheck.IN_RESPONSE_TO, response, requestId);
  }
}
