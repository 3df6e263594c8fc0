package dev.saferun.auth.saml;

import static dev.saferun.auth.saml.Connections.EXPECTED;
import static dev.saferun.auth.saml.Connections.NOW;
import static dev.saferun.auth.saml.Drafts.inAssertion;
import static dev.saferun.auth.saml.Drafts.replace;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.signature.XMLSignature;

/**
 * A response that must get in, as one or another identity provider writes it.
 *
 * @param user whose name it has
 * @param attributes that it has
 */
record ValidResponse(
    String name,
    SamlConnection connection,
    Expectation expectation,
    String base64,
    String user,
    Map<String, List<String>> attributes) {

  private static final Map<String, List<String>> ATTRIBUTES =
      Map.of("mail", List.of(Drafts.USER), "groups", List.of("staff", "ops & more"));

  private static final SignatureMaker HONEST = SignatureMaker.by(Keys.PROVIDER);

  static List<ValidResponse> all() {
    List<ValidResponse> all = new ArrayList<>();
    for (Signing signing : Signing.values()) {
      all.add(standard("plain", signing, ResponseMaker.of(signing)));
    }
    signatures(all);
    encryptions(all);
    spellings(all);
    envelopes(all);
    contents(all);
    policies(all);
    return all;
  }

  private static ValidResponse standard(String name, Signing signing, ResponseMaker maker) {
    return new ValidResponse(
        name + ", " + signing,
        Connections.standard(),
        EXPECTED,
        maker.base64(),
        Drafts.USER,
        ATTRIBUTES);
  }

  private ValidResponse with(SamlConnection other) {
    return new ValidResponse(name, other, expectation, base64, user, attributes);
  }

  private ValidResponse with(Expectation other) {
    return new ValidResponse(name, connection, other, base64, user, attributes);
  }

  private ValidResponse with(Map<String, List<String>> other) {
    return new ValidResponse(name, connection, expectation, base64, user, other);
  }

  private ValidResponse named(String other) {
    return new ValidResponse(name, connection, expectation, base64, other, attributes);
  }

  private ValidResponse written(String other) {
    return new ValidResponse(name, connection, expectation, other, user, attributes);
  }

  private static void signatures(List<ValidResponse> all) {
    Map<String, SignatureMaker> makers =
        Map.of(
            "RSA-SHA384", HONEST.algorithm(XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA384),
            "RSA-SHA512", HONEST.algorithm(XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA512),
            "SHA-384 digest", HONEST.digest(SignatureMaker.SHA384),
            "SHA-512 digest", HONEST.digest(SignatureMaker.SHA512),
            "without KeyInfo", HONEST.withoutKeyInfo(),
            "empty list of prefixes", HONEST.prefixes(""),
            "default among the prefixes", HONEST.prefixes("#default saml"));
    for (Signing signing : Signing.values()) {
      makers.forEach(
          (name, maker) ->
              all.add(standard(name, signing, ResponseMaker.of(signing).signedBy(maker))));
      all.add(
          standard(
                  "second of two keys",
                  signing,
                  ResponseMaker.of(signing).signedBy(SignatureMaker.by(Keys.PROVIDER_NEXT)))
              .with(Connections.trusting(Keys.PROVIDER, Keys.PROVIDER_NEXT)));
      all.add(
          standard(
                  "beside a key that is too short",
                  signing,
                  ResponseMaker.of(signing).signedBy(HONEST))
              .with(Connections.trusting(Keys.PROVIDER_SHORT, Keys.PROVIDER)));
    }
    curve(all, Keys.PROVIDER_EC, XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA256);
    curve(all, Keys.PROVIDER_EC_384, XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA384);
    curve(all, Keys.PROVIDER_EC_521, XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA512);
    all.add(
        standard(
                "two keys of two kinds",
                Signing.BOTH,
                ResponseMaker.of(Signing.BOTH)
                    .assertionSignedBy(SignatureMaker.by(Keys.PROVIDER_EC)))
            .with(Connections.trusting(Keys.PROVIDER, Keys.PROVIDER_EC)));
  }

  private static void curve(List<ValidResponse> all, SamlKeyPair key, String algorithm) {
    all.add(
        standard(
                "ECDSA " + algorithm,
                Signing.BOTH,
                ResponseMaker.of(Signing.BOTH)
                    .signedBy(SignatureMaker.by(key).algorithm(algorithm)))
            .with(Connections.trusting(key)));
  }

  private static void encryptions(List<ValidResponse> all) {
    EncryptionMaker maker = EncryptionMaker.standard();
    Map<String, EncryptionMaker> makers =
        Map.of(
            "AES-128-GCM", maker.algorithm(XMLCipher.AES_128_GCM),
            "OAEP with SHA-256", maker.transport(XMLCipher.RSA_OAEP, null, XMLCipher.SHA256),
            "OAEP 1.1 with SHA-256",
                maker.transport(
                    XMLCipher.RSA_OAEP_11, Names.XENC11 + "mgf1sha256", XMLCipher.SHA256),
            "OAEP 1.1 with SHA-1",
                maker.transport(XMLCipher.RSA_OAEP_11, Names.XENC11 + "mgf1sha1", SHA_1),
            "key beside the data", maker.beside(),
            "for our older key", maker.recipient(Keys.DECRYPTION_OLD));
    for (Signing signing : List.of(Signing.ENCRYPTED, Signing.ENCRYPTED_IN_RESPONSE)) {
      makers.forEach(
          (name, one) ->
              all.add(standard(name, signing, ResponseMaker.of(signing).encryptedBy(one))));
    }
  }

  private static final String SHA_1 = "http://www.w3.org/2000/09/xmldsig#sha1";

  private static void spelling(List<ValidResponse> all, String name, UnaryOperator<String> draft) {
    for (Signing signing : Signing.values()) {
      all.add(standard(name, signing, ResponseMaker.of(signing).draft(draft)));
    }
  }

  private static void spellings(List<ValidResponse> all) {
    spelling(
        all,
        "other prefixes",
        text ->
            text.replace("xmlns:samlp", "xmlns:p2")
                .replace("xmlns:saml", "xmlns:a")
                .replace("<samlp:", "<p2:")
                .replace("</samlp:", "</p2:")
                .replace("<saml:", "<a:")
                .replace("</saml:", "</a:"));
    spelling(
        all,
        "default namespaces",
        text -> {
          int at = text.indexOf("<saml:Assertion");
          return text.substring(0, at).replace("samlp:", "").replace("xmlns:samlp", "xmlns")
              + text.substring(at)
                  .replace("saml:", "")
                  .replace("xmlns:saml", "xmlns")
                  .replace("samlp:", "");
        });
    spelling(all, "indented", text -> text.replace("><", ">\n    <"));
    spelling(
        all,
        "types of values",
        replace(
            "<saml:AttributeValue>",
            "<saml:AttributeValue xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\""
                + Names.SCHEMA_INSTANCE
                + "\" xsi:type=\"xs:string\">"));
  }

  private static void envelopes(List<ValidResponse> all) {
    // A namespace that only the value of an attribute uses, declared at the root, as Okta does.
    for (Signing signing : List.of(Signing.ASSERTION, Signing.RESPONSE, Signing.BOTH)) {
      all.add(
          standard(
              "namespace of a type at the root",
              signing,
              ResponseMaker.of(signing)
                  .assertionSignedBy(HONEST.prefixes("xs"))
                  .draft(
                      text ->
                          text.replace(
                                  "<samlp:Response ",
                                  "<samlp:Response xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" ")
                              .replace(
                                  "<saml:AttributeValue>",
                                  "<saml:AttributeValue xmlns:xsi=\""
                                      + Names.SCHEMA_INSTANCE
                                      + "\" xsi:type=\"xs:string\">"))));
      all.add(
          standard(
              "XML declaration",
              signing,
              ResponseMaker.of(signing)
                  .written(text -> "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text)));
      all.add(
          standard(
              "byte order mark",
              signing,
              ResponseMaker.of(signing).written(text -> "\uFEFF" + text)));
      all.add(
          standard(
              "references to characters",
              signing,
              ResponseMaker.of(signing)
                  .written(replace(Drafts.USER, "&#97;lice&#x40;example.com"))));
      ValidResponse honest = standard("lines of base64", signing, ResponseMaker.of(signing));
      all.add(
          honest.written(
              Base64.getMimeEncoder().encodeToString(Base64.getDecoder().decode(honest.base64))));
    }
  }

  private static void contents(List<ValidResponse> all) {
    for (Signing signing : Signing.values()) {
      all.add(
          standard(
                  "no attributes",
                  signing,
                  ResponseMaker.of(signing).draft(replace(Drafts.ATTRIBUTES, "")))
              .with(Map.of()));
      all.add(
          standard(
                  "one attribute many times",
                  signing,
                  ResponseMaker.of(signing)
                      .draft(replace("<saml:Attribute Name=\"mail\"", GROUP_MORE)))
              .with(
                  Map.of(
                      "mail",
                      List.of(Drafts.USER),
                      "groups",
                      List.of("first", "staff", "ops & more"))));
      all.add(
          standard(
                  "a name of another script",
                  signing,
                  ResponseMaker.of(signing)
                      .draft(
                          replace(">" + Drafts.USER + "</saml:NameID>", ">Zoë 世界</saml:NameID>")))
              .named("Zoë 世界"));
      all.add(
          standard(
              "more of everything", signing, ResponseMaker.of(signing).draft(ValidResponse::more)));
    }
    all.add(
        standard(
                "a name in a value",
                Signing.BOTH,
                ResponseMaker.of(Signing.BOTH)
                    .draft(
                        replace(
                            "<saml:AttributeValue>staff",
                            "<saml:AttributeValue><saml:NameID NameQualifier=\"q\">opaque"
                                + "</saml:NameID></saml:AttributeValue><saml:AttributeValue>staff")))
            .with(
                Map.of(
                    "mail",
                    List.of(Drafts.USER),
                    "groups",
                    List.of("opaque", "staff", "ops & more"))));
  }

  private static final String GROUP_MORE =
      "<saml:Attribute Name=\"groups\" xmlns:x=\"urn:x\" x:origin=\"y\"><saml:AttributeValue>first"
          + "</saml:AttributeValue></saml:Attribute><saml:Attribute Name=\"mail\"";

  /** Audiences, confirmations, conditions and words that are allowed and change nothing. */
  private static String more(String text) {
    return inAssertion(
            "<saml:Audience>",
            "<saml:Audience>https://other.example</saml:Audience><saml:Audience>")
        .andThen(
            replace(
                "</saml:AudienceRestriction>",
                "</saml:AudienceRestriction><saml:OneTimeUse/>"
                    + "<saml:ProxyRestriction Count=\"0\"/>"))
        .andThen(
            replace(
                "<saml:SubjectConfirmation Method=\"" + Names.BEARER,
                "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:holder-of-key\""
                    + "/><saml:SubjectConfirmation Method=\""
                    + Names.BEARER))
        .andThen(
            replace(
                Drafts.STATUS_CODE,
                Drafts.STATUS_CODE + "<samlp:StatusMessage>fine</samlp:StatusMessage>"))
        .andThen(
            replace(
                "<saml:AuthnContext>",
                "<saml:SubjectLocality Address=\"192.0.2.1\"/><saml:AuthnContext>"))
        .apply(text);
  }

  private static void policies(List<ValidResponse> all) {
    UnaryOperator<String> unasked = replace(" InResponseTo=\"" + Connections.REQUEST_ID + "\"", "");
    for (Signing signing : Signing.values()) {
      all.add(
          standard("unsolicited", signing, ResponseMaker.of(signing).draft(unasked))
              .with(Connections.allowingUnsolicited())
              .with(Expectation.unsolicited(NOW)));
      all.add(
          standard("begins at the bound", signing, ResponseMaker.of(signing))
              .with(Expectation.answerTo(Connections.REQUEST_ID, NOW.minusSeconds(60))));
      all.add(
          standard("ends at the bound", signing, ResponseMaker.of(signing))
              .with(
                  Expectation.answerTo(
                      Connections.REQUEST_ID, NOW.plusSeconds(180 + 60).minusMillis(1))));
    }
    all.add(
        standard("as demanded", Signing.BOTH, ResponseMaker.of(Signing.BOTH))
            .with(Connections.wantingSignedResponse()));
    all.add(
        standard("as demanded", Signing.ASSERTION, ResponseMaker.of(Signing.ASSERTION))
            .with(Connections.wantingSignedAssertion()));
    all.add(
        standard("as demanded", Signing.ENCRYPTED, ResponseMaker.of(Signing.ENCRYPTED))
            .with(Connections.wantingEncryption()));
    all.add(
        standard("fresh enough", Signing.ASSERTION, ResponseMaker.of(Signing.ASSERTION))
            .with(Connections.wantingFreshLogin()));
  }

  @Override
  public String toString() {
    return name;
  }
}
