package dev.saferun.auth.saml;

import static dev.saferun.auth.saml.Connections.NOW;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.w3c.dom.Document;

/** Makes logout messages as an identity provider would, or as one must not. */
final class LogoutMaker {

  private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

  private UnaryOperator<String> draft = UnaryOperator.identity();
  private UnaryOperator<byte[]> compressed = UnaryOperator.identity();
  private SamlKeyPair key = Keys.PROVIDER;
  private String algorithm = RSA_SHA256;
  private String java = "SHA256withRSA";
  private String relayState = "back";

  static LogoutMaker honest() {
    return new LogoutMaker();
  }

  LogoutMaker draft(UnaryOperator<String> edit) {
    draft = edit;
    return this;
  }

  LogoutMaker compressed(UnaryOperator<byte[]> edit) {
    compressed = edit;
    return this;
  }

  LogoutMaker signedBy(SamlKeyPair other) {
    key = other;
    return this;
  }

  LogoutMaker algorithm(String uri, String name) {
    algorithm = uri;
    java = name;
    return this;
  }

  static String request() {
    return """
        <samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
        xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_logout" Version="2.0" \
        IssueInstant="%s" NotOnOrAfter="%s" Destination="%s"><saml:Issuer>%s</saml:Issuer>%s\
        <samlp:SessionIndex>session-1</samlp:SessionIndex>\
        <samlp:SessionIndex>session-2</samlp:SessionIndex></samlp:LogoutRequest>"""
        .formatted(NOW, NOW.plusSeconds(200), Connections.SLO, Connections.IDP, Drafts.NAME_ID);
  }

  static String response() {
    return """
        <samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
        xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_answer" Version="2.0" \
        IssueInstant="%s" InResponseTo="%s" Destination="%s"><saml:Issuer>%s</saml:Issuer>\
        <samlp:Status>%s</samlp:Status></samlp:LogoutResponse>"""
        .formatted(
            NOW, Connections.REQUEST_ID, Connections.SLO, Connections.IDP, Drafts.STATUS_CODE);
  }

  /** As a request in a query. */
  String query() {
    return query("SAMLRequest", request());
  }

  String answerQuery() {
    return query("SAMLResponse", response());
  }

  private String query(String field, String text) {
    String signed = unsigned(field, text) + "&SigAlg=" + encoded(algorithm);
    return signed + "&Signature=" + encoded(base64(sign(signed)));
  }

  String unsignedQuery() {
    return unsigned("SAMLRequest", request());
  }

  private String unsigned(String field, String text) {
    byte[] message = draft.apply(text).getBytes(StandardCharsets.UTF_8);
    return field
        + "="
        + encoded(base64(compressed.apply(deflated(message))))
        + "&RelayState="
        + encoded(relayState);
  }

  byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance(java);
      signature.initSign(key.privateKey());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (Exception fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static byte[] deflated(byte[] message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream stream =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      stream.write(message);
    } catch (Exception fault) {
      throw new IllegalStateException(fault);
    }
    return bytes.toByteArray();
  }

  /** As a request in a form. */
  ReceivedMessage.Form form() {
    return new ReceivedMessage.Form(signedForm(request()), null, relayState);
  }

  ReceivedMessage.Form answerForm() {
    return new ReceivedMessage.Form(null, signedForm(response()), relayState);
  }

  ReceivedMessage.Form unsignedForm() {
    return new ReceivedMessage.Form(ResponseMaker.base64(draft.apply(request())), null, relayState);
  }

  private String signedForm(String text) {
    Document document = Documents.parse(draft.apply(text));
    SignatureMaker.by(key).sign(document.getDocumentElement());
    return ResponseMaker.base64(Documents.text(document));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
