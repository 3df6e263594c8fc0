package dev.saferun.auth.saml;

import static dev.saferun.auth.saml.Connections.EXPECTED;
import static dev.saferun.auth.saml.Connections.NOW;
import static dev.saferun.auth.saml.Drafts.inAssertion;
import static dev.saferun.auth.saml.Drafts.inResponse;
import static dev.saferun.auth.saml.Drafts.replace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the identity provider really signed, for another purpose, party or time: each in every way
 * of signing.
 */
final class ClaimForgeries {

  private static final SamlConnection STANDARD = Connections.standard();

  private static final Expectation UNSOLICITED = Expectation.unsolicited(NOW);

  private static final UnaryOperator<String> NO_REQUEST =
      replace(" InResponseTo=\"" + Connections.REQUEST_ID + "\"", "");

  private record Claim(
      String attack,
      String name,
      SamlCheck check,
      SamlConnection connection,
      Expectation expectation,
      UnaryOperator<String> draft) {}

  private final List<Claim> claims = new ArrayList<>();

  private ClaimForgeries() {
    parties();
    requests();
    times();
    subjects();
    forms();
  }

  static List<Forgery> all() {
    List<Forgery> all = new ArrayList<>();
    for (Claim claim : new ClaimForgeries().claims) {
      for (Signing signing : Signing.values()) {
        all.add(
            Forgery.response(
                claim.attack,
                claim.name + ", " + signing,
                claim.connection,
                claim.expectation,
                ResponseMaker.of(signing).draft(claim.draft).base64(),
                claim.check));
      }
    }
    return all;
  }

  private void add(String attack, String name, SamlCheck check, UnaryOperator<String> draft) {
    claims.add(new Claim(attack, name, check, STANDARD, EXPECTED, draft));
  }

  private void parties() {
    issuers();
    audiences();
    addresses();
  }

  private void issuers() {
    add(
        "wrong issuer",
        "of the response",
        SamlCheck.RESPONSE_ISSUER,
        inResponse(issuer(Connections.IDP), issuer("https://idp.globex.example/saml")));
    add(
        "wrong issuer",
        "none in the response",
        SamlCheck.RESPONSE_ISSUER,
        inResponse(issuer(Connections.IDP), issuer("")));
    add(
        "wrong issuer",
        "of the assertion",
        SamlCheck.ASSERTION_ISSUER,
        inAssertion(issuer(Connections.IDP), issuer("https://idp.globex.example/saml")));
    add(
        "wrong issuer",
        "of the assertion with a blank",
        SamlCheck.ASSERTION_ISSUER,
        inAssertion(issuer(Connections.IDP), issuer(Connections.IDP + " ")));
  }

  private void audiences() {
    add(
        "wrong audience",
        "another",
        SamlCheck.AUDIENCE,
        replace(audience(Connections.SP), audience("https://saferun.example.com/saml/globex")));
    add(
        "wrong audience",
        "none",
        SamlCheck.AUDIENCE,
        replace(
            "<saml:AudienceRestriction>" + audience(Connections.SP) + "</saml:AudienceRestriction>",
            ""));
    add(
        "wrong audience",
        "two restrictions of which one is another's",
        SamlCheck.AUDIENCE,
        replace(
            "<saml:AudienceRestriction>",
            "<saml:AudienceRestriction>"
                + audience("https://other.example")
                + "</saml:AudienceRestriction><saml:AudienceRestriction>"));
    add(
        "wrong audience",
        "begins as ours does",
        SamlCheck.AUDIENCE,
        replace(audience(Connections.SP), audience(Connections.SP + ".evil.example")));
  }

  private void addresses() {
    add(
        "wrong recipient",
        "another",
        SamlCheck.RECIPIENT,
        replace("Recipient=\"" + Connections.ACS, "Recipient=\"https://other.example/saml/acs"));
    add(
        "wrong recipient",
        "none",
        SamlCheck.RECIPIENT,
        replace(" Recipient=\"" + Connections.ACS + "\"", ""));
    add(
        "wrong destination",
        "another",
        SamlCheck.DESTINATION,
        replace(
            "Destination=\"" + Connections.ACS, "Destination=\"https://other.example/saml/acs"));
    add(
        "wrong destination",
        "none",
        SamlCheck.DESTINATION,
        replace(" Destination=\"" + Connections.ACS + "\"", ""));
    add(
        "wrong destination",
        "in capitals",
        SamlCheck.DESTINATION,
        replace("Destination=\"https://saferun", "Destination=\"https://SAFERUN"));
  }

  private static String issuer(String name) {
    return "<saml:Issuer>" + name + "</saml:Issuer>";
  }

  private static String audience(String name) {
    return "<saml:Audience>" + name + "</saml:Audience>";
  }

  private void requests() {
    String ours = "InResponseTo=\"" + Connections.REQUEST_ID + "\"";
    String other = "InResponseTo=\"_request-2\"";
    add("wrong request", "response to another", SamlCheck.IN_RESPONSE_TO, inResponse(ours, other));
    add("wrong request", "response to none", SamlCheck.IN_RESPONSE_TO, inResponse(" " + ours, ""));
    add(
        "wrong request",
        "assertion for another",
        SamlCheck.CONFIRMATION_IN_RESPONSE_TO,
        inAssertion(ours, other));
    add(
        "wrong request",
        "assertion for none",
        SamlCheck.CONFIRMATION_IN_RESPONSE_TO,
        inAssertion(" " + ours, ""));
    add("wrong request", "unsolicited where one was sent", SamlCheck.IN_RESPONSE_TO, NO_REQUEST);
    claims.add(
        new Claim(
            "unsolicited",
            "not allowed",
            SamlCheck.UNSOLICITED,
            STANDARD,
            UNSOLICITED,
            NO_REQUEST));
    claims.add(
        new Claim(
            "unsolicited",
            "allowed, but it answers somebody's request",
            SamlCheck.IN_RESPONSE_TO,
            Connections.allowingUnsolicited(),
            UNSOLICITED,
            UnaryOperator.identity()));
    claims.add(
        new Claim(
            "unsolicited",
            "allowed, but its assertion answers somebody's request",
            SamlCheck.CONFIRMATION_IN_RESPONSE_TO,
            Connections.allowingUnsolicited(),
            UNSOLICITED,
            inResponse(" " + ours, "")));
  }

  private void times() {
    Instant justAhead = NOW.plusSeconds(60).plusNanos(1_000_000);
    Instant justPast = NOW.minusSeconds(60);
    time("NotBefore", Drafts.start(), justAhead, SamlCheck.NOT_BEFORE);
    time("NotOnOrAfter", Drafts.end(), justPast, SamlCheck.NOT_ON_OR_AFTER);
    time(
        "NotOnOrAfter", Drafts.confirmationEnd(), justPast, SamlCheck.CONFIRMATION_NOT_ON_OR_AFTER);
    add(
        "wrong time",
        "AuthnInstant in the future",
        SamlCheck.AUTHN_INSTANT,
        replace("AuthnInstant=\"" + Drafts.login(), "AuthnInstant=\"" + justAhead));
    add(
        "wrong time",
        "SessionNotOnOrAfter in the past",
        SamlCheck.SESSION_END,
        replace(Drafts.sessionEnd(), justPast.toString()));
    add(
        "wrong time",
        "response issued in the future",
        SamlCheck.ISSUE_INSTANT,
        inResponse(Drafts.issued(), justAhead.toString()));
    add(
        "wrong time",
        "assertion issued in the future",
        SamlCheck.ASSERTION_ISSUE_INSTANT,
        inAssertion("IssueInstant=\"" + Drafts.issued(), "IssueInstant=\"" + justAhead));
    add(
        "wrong time",
        "confirmation with NotBefore",
        SamlCheck.CONFIRMATION_NOT_BEFORE,
        replace(
            "<saml:SubjectConfirmationData ",
            "<saml:SubjectConfirmationData NotBefore=\"" + Drafts.start() + "\" "));
    add(
        "wrong time",
        "in another zone",
        SamlCheck.SHAPE,
        replace(Drafts.end(), Drafts.end().replace("Z", "-09:00")));
    add("wrong time", "on no day", SamlCheck.SHAPE, replace(Drafts.end(), "2030-02-30T10:00:00Z"));
    claims.add(
        new Claim(
            "wrong time",
            "login too long ago",
            SamlCheck.LOGIN_AGE,
            Connections.wantingFreshLogin(),
            EXPECTED,
            replace(Drafts.login(), NOW.minusSeconds(660).toString())));
  }

  private void time(String attribute, String original, Instant wrong, SamlCheck check) {
    add(
        "wrong time",
        check + " at its bound",
        check,
        inAssertion(attribute + "=\"" + original, attribute + "=\"" + wrong));
    add(
        "wrong time",
        check + " missing",
        check,
        inAssertion(attribute + "=\"" + original + "\"", ""));
  }

  private void subjects() {
    add(
        "no bearer",
        "holder of key",
        SamlCheck.BEARER,
        replace(Names.BEARER, "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"));
    add(
        "no bearer",
        "sender vouches",
        SamlCheck.BEARER,
        replace(Names.BEARER, "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"));
    List<String> odd = List.of("", " ", "\n", USER_AND_LINE, " " + Drafts.USER, ZERO_WIDTH);
    for (String name : odd) {
      add(
          "odd name",
          "number " + odd.indexOf(name),
          SamlCheck.NAME_ID,
          replace(">" + Drafts.USER + "</saml:NameID>", ">" + name + "</saml:NameID>"));
    }
    add(
        "odd name",
        "too long",
        SamlCheck.NAME_ID,
        replace(">" + Drafts.USER + "</saml:NameID>", ">" + "a".repeat(1_025) + "</saml:NameID>"));
    add("wrong login", "none", SamlCheck.ONE_LOGIN, replace(Drafts.AUTHN_STATEMENT, ""));
    add(
        "wrong login",
        "two",
        SamlCheck.ONE_LOGIN,
        replace(Drafts.AUTHN_STATEMENT, Drafts.AUTHN_STATEMENT + Drafts.AUTHN_STATEMENT));
  }

  private static final String USER_AND_LINE = Drafts.USER + "\n" + Drafts.VICTIM;
  private static final String ZERO_WIDTH = "alice\u200B@example.com";

  private void forms() {
    for (String version : List.of("1.1", "2.1", "2")) {
      add(
          "wrong version",
          "response " + version,
          SamlCheck.VERSION,
          inResponse("Version=\"2.0\"", "Version=\"" + version + "\""));
      add(
          "wrong version",
          "assertion " + version,
          SamlCheck.VERSION,
          inAssertion("Version=\"2.0\"", "Version=\"" + version + "\""));
    }
    for (String status : List.of("Responder", "Requester", "AuthnFailed", "success")) {
      add("wrong status", status, SamlCheck.STATUS, replace("status:Success", "status:" + status));
    }
    add(
        "wrong status",
        "success only below",
        SamlCheck.STATUS,
        replace(
            Drafts.STATUS_CODE,
            "<samlp:StatusCode Value=\""
                + Names.RESPONDER
                + "\">"
                + Drafts.STATUS_CODE
                + "</samlp:StatusCode>"));
  }
}
