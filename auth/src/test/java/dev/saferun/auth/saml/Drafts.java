package dev.saferun.auth.saml;

import static dev.saferun.auth.saml.Connections.NOW;

import java.util.function.UnaryOperator;

/** A response before anybody signed it, as text in which a test replaces what it is about. */
final class Drafts {

  static final String USER = "alice@example.com";

  /** Who the attacker wants to be. */
  static final String VICTIM = "root@example.com";

  static final String NAME_ID =
      "<saml:NameID Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\">"
          + USER
          + "</saml:NameID>";

  static final String STATUS_CODE =
      "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>";

  static final String AUTHN_STATEMENT = authnStatement();

  static final String ATTRIBUTES =
      """
      <saml:AttributeStatement>\
      <saml:Attribute Name="mail"><saml:AttributeValue>alice@example.com</saml:AttributeValue></saml:Attribute>\
      <saml:Attribute Name="groups"><saml:AttributeValue>staff</saml:AttributeValue>\
      <saml:AttributeValue>ops &amp; more</saml:AttributeValue></saml:Attribute>\
      </saml:AttributeStatement>""";

  private Drafts() {}

  private static String authnStatement() {
    return """
        <saml:AuthnStatement AuthnInstant="%s" SessionIndex="session-1" SessionNotOnOrAfter="%s">\
        <saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password\
        </saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"""
        .formatted(login(), sessionEnd());
  }

  static String issued() {
    return NOW.toString();
  }

  static String start() {
    return NOW.minusSeconds(30).toString();
  }

  static String end() {
    return NOW.plusSeconds(240).toString();
  }

  static String confirmationEnd() {
    return NOW.plusSeconds(180).toString();
  }

  static String login() {
    return NOW.minusSeconds(5).toString();
  }

  static String sessionEnd() {
    return NOW.plusSeconds(8 * 3600).toString();
  }

  static String response() {
    return """
        <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
        xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response" Version="2.0" \
        IssueInstant="%s" Destination="%s" InResponseTo="%s">\
        <saml:Issuer>%s</saml:Issuer><samlp:Status>%s</samlp:Status>%s</samlp:Response>"""
        .formatted(
            issued(),
            Connections.ACS,
            Connections.REQUEST_ID,
            Connections.IDP,
            STATUS_CODE,
            assertion());
  }

  static String assertion() {
    return """
        <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_assertion" \
        Version="2.0" IssueInstant="%s"><saml:Issuer>%s</saml:Issuer><saml:Subject>%s\
        <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
        <saml:SubjectConfirmationData NotOnOrAfter="%s" Recipient="%s" InResponseTo="%s"/>\
        </saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="%s" NotOnOrAfter="%s">\
        <saml:AudienceRestriction><saml:Audience>%s</saml:Audience></saml:AudienceRestriction>\
        </saml:Conditions>%s%s</saml:Assertion>"""
        .formatted(
            issued(),
            Connections.IDP,
            NAME_ID,
            confirmationEnd(),
            Connections.ACS,
            Connections.REQUEST_ID,
            start(),
            end(),
            Connections.SP,
            AUTHN_STATEMENT,
            ATTRIBUTES);
  }

  /** Replaces every occurrence of a text that must be there. */
  static UnaryOperator<String> replace(String from, String to) {
    return text -> {
      if (!text.contains(from)) {
        throw new IllegalStateException("nothing to replace: " + from);
      }
      return text.replace(from, to);
    };
  }

  /** Within the assertion only. */
  static UnaryOperator<String> inAssertion(String from, String to) {
    return text -> {
      int at = text.indexOf("<saml:Assertion");
      return text.substring(0, at) + replace(from, to).apply(text.substring(at));
    };
  }

  /** Before the assertion only. */
  static UnaryOperator<String> inResponse(String from, String to) {
    return text -> {
      int at = text.indexOf("<saml:Assertion");
      return replace(from, to).apply(text.substring(0, at)) + text.substring(at);
    };
  }

  /** Something that is allowed to stand in the status and that nobody reads. */
  static UnaryOperator<String> statusDetail(String content) {
    return replace(
        STATUS_CODE, STATUS_CODE + "<samlp:StatusDetail>" + content + "</samlp:StatusDetail>");
  }
}
