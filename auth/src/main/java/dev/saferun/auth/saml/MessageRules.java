package dev.saferun.auth.saml;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What is asked of every message of the identity provider, whatever it is about. */
final class MessageRules {

  private final SamlConnection connection;
  private final Checks checks;
  private final Instant now;

  MessageRules(SamlConnection connection, Checks checks, Instant now) {
    this.connection = connection;
    this.checks = checks;
    this.now = now;
  }

  /**
   * @param address ours, for which it must be made
   */
  void check(Element message, String address) throws RefusedException {
    checks.demandSame(SamlCheck.VERSION, Names.VERSION, Xml.attribute(message, "Version"));
    checkIssuer(SamlCheck.RESPONSE_ISSUER, message);
    checks.demandSame(SamlCheck.DESTINATION, address, Xml.attribute(message, "Destination"));
    checkNotFuture(SamlCheck.ISSUE_INSTANT, Xml.attribute(message, "IssueInstant"));
  }

  void checkIssuer(SamlCheck check, Element issued) throws RefusedException {
    @Nullable String issuer = Xml.child(issued, Names.ISSUER).map(Xml::text).orElse(null);
    checks.demandSame(check, connection.identityProvider().entityId(), issuer);
  }

  void checkStatus(Element message) throws RefusedException {
    Map<String, String> values = status(message);
    checks.demand(SamlCheck.STATUS, Names.SUCCESS.equals(values.get("status")), values);
  }

  /** The codes and the words of a status, as they may be shown. */
  static Map<String, String> status(Element message) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("status", code(message, Names.STATUS, Names.STATUS_CODE));
    values.put("reason", code(message, Names.STATUS, Names.STATUS_CODE, Names.STATUS_CODE));
    values.put(
        "message",
        Checks.told(
            Xml.path(message, Names.STATUS, Names.STATUS_MESSAGE).map(Xml::text).orElse("")));
    return values;
  }

  private static String code(Element message, Name... path) {
    return Checks.told(
        Xml.path(message, path).map(code -> Xml.attribute(code, "Value")).orElse(""));
  }

  /** That it was sent because of our request; or, where none was sent, because of no request. */
  void checkAnswers(SamlCheck check, Element element, @Nullable String requestId)
      throws RefusedException {
    @Nullable String answered = Xml.attribute(element, "InResponseTo");
    checks.demand(check, Objects.equals(requestId, answered));
  }

  void checkNotFuture(SamlCheck check, @Nullable String time) throws RefusedException {
    checks.demand(check, !isFuture(time(time)), times(time));
  }

  boolean isFuture(@Nullable Instant at) {
    return at != null && at.isAfter(now.plus(skew()));
  }

  /** Whether a time is there and not reached yet. */
  boolean isAhead(@Nullable Instant end) {
    return end != null && now.minus(skew()).isBefore(end);
  }

  Duration skew() {
    return connection.policy().clockSkew();
  }

  static @Nullable Instant time(@Nullable String text) {
    return Forms.time(text);
  }

  Map<String, String> times(@Nullable String found) {
    return Map.of("now", now.toString(), "found", found == null ? "" : Checks.told(found));
  }
}
