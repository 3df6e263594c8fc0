package dev.saferun.auth.saml;

import static dev.saferun.auth.saml.Connections.EXPECTED;
import static dev.saferun.auth.saml.Connections.NOW;
import static dev.saferun.auth.saml.Drafts.replace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Logout messages that must end nobody's session, by redirect and by form. */
final class LogoutForgeries {

  private static final String ATTACK = "logout: ";

  private final List<Forgery> all = new ArrayList<>();

  private LogoutForgeries() {
    claims();
    answers();
    signatures();
    queries();
    compression();
  }

  static List<Forgery> all() {
    return new LogoutForgeries().all;
  }

  private void query(String attack, String name, String query, SamlCheck... expected) {
    all.add(
        Forgery.logout(
            ATTACK + attack, name, new ReceivedMessage.Query(query), EXPECTED, expected));
  }

  private void form(String attack, String name, ReceivedMessage.Form form, SamlCheck... expected) {
    all.add(Forgery.logout(ATTACK + attack, name, form, EXPECTED, expected));
  }

  private void claim(String attack, String name, UnaryOperator<String> draft, SamlCheck check) {
    query(attack, name + " in a query", LogoutMaker.honest().draft(draft).query(), check);
    form(attack, name + " in a form", LogoutMaker.honest().draft(draft).form(), check);
  }

  private void claims() {
    claim(
        "wrong issuer",
        "another",
        replace("<saml:Issuer>" + Connections.IDP, "<saml:Issuer>https://idp.globex.example/saml"),
        SamlCheck.RESPONSE_ISSUER);
    claim(
        "wrong destination",
        "another",
        replace(Connections.SLO, "https://other.example/slo"),
        SamlCheck.DESTINATION);
    claim("wrong version", "1.1", replace("\"2.0\"", "\"1.1\""), SamlCheck.VERSION);
    claim(
        "wrong time",
        "issued in the future",
        replace("IssueInstant=\"" + NOW, "IssueInstant=\"" + NOW.plusSeconds(61)),
        SamlCheck.ISSUE_INSTANT);
    claim(
        "wrong time",
        "old",
        replace("IssueInstant=\"" + NOW, "IssueInstant=\"" + NOW.minusSeconds(360)),
        SamlCheck.LOGOUT_AGE);
    claim(
        "wrong time",
        "past its end",
        replace(NOW.plusSeconds(200).toString(), NOW.minusSeconds(60).toString()),
        SamlCheck.LOGOUT_NOT_ON_OR_AFTER);
    claim("odd name", "empty", replace(Drafts.USER, ""), SamlCheck.NAME_ID);
    claim(
        "encrypted parts",
        "name",
        replace(Drafts.NAME_ID, "<saml:EncryptedID><x xmlns=\"urn:x\"/></saml:EncryptedID>"),
        SamlCheck.ENCRYPTED_PARTS);
    claim(
        "unknown element",
        "extension",
        replace("</saml:Issuer>", "</saml:Issuer><samlp:Extensions/>"),
        SamlCheck.SHAPE);
    claim(
        "comment",
        "in the name",
        replace(Drafts.USER + "<", Drafts.USER + "<!-- -->.evil<"),
        SamlCheck.MARKUP);
    claim(
        "hidden assertion",
        "in the name",
        replace(Drafts.USER, "<saml:Assertion/>"),
        SamlCheck.ONE_ASSERTION);
  }

  private void answers() {
    all.add(
        Forgery.logout(
            ATTACK + "unsolicited",
            "answer",
            LogoutMaker.honest().answerForm(),
            Expectation.unsolicited(NOW),
            SamlCheck.UNSOLICITED));
    UnaryOperator<String> other = replace(Connections.REQUEST_ID, "_request-2");
    UnaryOperator<String> failed = replace("status:Success", "status:Responder");
    form(
        "wrong request",
        "in a form",
        LogoutMaker.honest().draft(other).answerForm(),
        SamlCheck.IN_RESPONSE_TO);
    query(
        "wrong request",
        "in a query",
        LogoutMaker.honest().draft(other).answerQuery(),
        SamlCheck.IN_RESPONSE_TO);
    form(
        "wrong status",
        "in a form",
        LogoutMaker.honest().draft(failed).answerForm(),
        SamlCheck.STATUS);
    form(
        "mistaken",
        "a request in the field of an answer",
        new ReceivedMessage.Form(null, LogoutMaker.honest().form().request(), null),
        SamlCheck.SHAPE);
    form(
        "mistaken",
        "a response of a login",
        new ReceivedMessage.Form(null, ResponseMaker.of(Signing.RESPONSE).base64(), null),
        SamlCheck.ONE_ASSERTION,
        SamlCheck.SHAPE);
    form("mistaken", "nothing", new ReceivedMessage.Form(null, null, null), SamlCheck.QUERY_FORM);
    form(
        "mistaken",
        "both",
        new ReceivedMessage.Form(
            LogoutMaker.honest().form().request(),
            LogoutMaker.honest().answerForm().response(),
            null),
        SamlCheck.QUERY_FORM);
    form(
        "too large",
        "state",
        new ReceivedMessage.Form(LogoutMaker.honest().form().request(), null, "x".repeat(2_049)),
        SamlCheck.SIZE);
  }

  private void signatures() {
    query("unsigned", "query", LogoutMaker.honest().unsignedQuery(), SamlCheck.LOGOUT_SIGNED);
    form("unsigned", "form", LogoutMaker.honest().unsignedForm(), SamlCheck.LOGOUT_SIGNED);
    query(
        "wrong key",
        "query",
        LogoutMaker.honest().signedBy(Keys.ATTACKER).query(),
        SamlCheck.SIGNATURE_VALUE);
    form(
        "wrong key",
        "form",
        LogoutMaker.honest().signedBy(Keys.ATTACKER).form(),
        SamlCheck.SIGNATURE_VALUE);
    query(
        "cross-connection",
        "query",
        LogoutMaker.honest().signedBy(Keys.NEIGHBOUR).query(),
        SamlCheck.SIGNATURE_VALUE);
    query(
        "SHA-1 signature",
        "query",
        LogoutMaker.honest()
            .algorithm("http://www.w3.org/2000/09/xmldsig#rsa-sha1", "SHA1withRSA")
            .query(),
        SamlCheck.SIGNATURE_ALGORITHM);
    query(
        "algorithm renamed",
        "HMAC",
        LogoutMaker.honest()
            .algorithm("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", "SHA256withRSA")
            .query(),
        SamlCheck.SIGNATURE_ALGORITHM);
    query(
        "algorithm renamed",
        "to SHA-512",
        LogoutMaker.honest().query().replace("rsa-sha256", "rsa-sha512"),
        SamlCheck.SIGNATURE_VALUE);
    query(
        "algorithm renamed",
        "to ECDSA",
        LogoutMaker.honest().query().replace("rsa-sha256", "ecdsa-sha256"),
        SamlCheck.SIGNATURE_VALUE);
    query(
        "signature elsewhere",
        "in the document of a query",
        LogoutMaker.honest()
            .draft(
                replace(
                    "</saml:Issuer>",
                    "</saml:Issuer><ds:Signature xmlns:ds=\"" + Names.DSIG + "\"/>"))
            .query(),
        SamlCheck.SIGNATURE_PLACE,
        SamlCheck.SHAPE);
  }

  private void queries() {
    String honest = LogoutMaker.honest().query();
    String other =
        LogoutMaker.honest()
            .draft(replace(Drafts.USER, Drafts.VICTIM))
            .signedBy(Keys.ATTACKER)
            .query();
    String message = other.substring(0, other.indexOf('&'));
    query("query", "message twice, ours last", honest + "&" + message, SamlCheck.QUERY_FORM);
    query("query", "message twice, ours first", message + "&" + honest, SamlCheck.QUERY_FORM);
    query(
        "query",
        "request and response",
        honest + "&" + message.replace("SAMLRequest", "SAMLResponse"),
        SamlCheck.QUERY_FORM);
    query("query", "unknown parameter", honest + "&x=y", SamlCheck.QUERY_FORM);
    query("query", "encoding named", "SAMLEncoding=x&" + honest, SamlCheck.QUERY_FORM);
    query("query", "empty parameter", honest + "&", SamlCheck.QUERY_FORM);
    query("query", "nothing", "", SamlCheck.QUERY_FORM);
    query(
        "query",
        "state changed",
        honest.replace("RelayState=back", "RelayState=evil"),
        SamlCheck.SIGNATURE_VALUE);
    query(
        "query",
        "state taken away",
        honest.replace("&RelayState=back", ""),
        SamlCheck.SIGNATURE_VALUE);
    query(
        "query",
        "state written otherwise",
        honest.replace("RelayState=back", "RelayState=%62ack"),
        SamlCheck.SIGNATURE_VALUE);
    query(
        "query",
        "message changed",
        message + honest.substring(honest.indexOf('&')),
        SamlCheck.SIGNATURE_VALUE);
    query("too large", "query", honest + "&RelayState=" + "x".repeat(70_000), SamlCheck.SIZE);
  }

  private void compression() {
    // CVE-2025-25293: little text that stands for much.
    query(
        "CVE-2025-25293",
        "two megabytes",
        LogoutMaker.honest().draft(text -> text + " ".repeat(2_000_000)).query(),
        SamlCheck.DEFLATE_SIZE);
    query(
        "CVE-2025-25293",
        "just too much",
        LogoutMaker.honest()
            .draft(text -> text + " ".repeat(SamlLimits.MESSAGE_BYTES_MAX - text.length() + 1))
            .query(),
        SamlCheck.DEFLATE_SIZE);
    query(
        "compression",
        "something behind it",
        LogoutMaker.honest().compressed(bytes -> Arrays.copyOf(bytes, bytes.length + 8)).query(),
        SamlCheck.DEFLATE_END);
  }
}
