package dev.saferun.auth.saml;

import static dev.saferun.auth.saml.Connections.EXPECTED;
import static dev.saferun.auth.saml.Documents.append;
import static dev.saferun.auth.saml.Documents.child;
import static dev.saferun.auth.saml.Documents.first;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Signatures that are missing, false, by another key, or made in a way that is not the one. */
final class SignatureForgeries {

  private static final SignatureMaker HONEST = SignatureMaker.by(Keys.PROVIDER);

  private static final String EMPTY_SHA256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  private final List<Forgery> all = new ArrayList<>();

  private SignatureForgeries() {
    unsigned();
    otherKeys();
    weakAlgorithms();
    otherWays();
    otherReferences();
    changedAfterwards();
    hiddenDigests();
    voidCanonicalization();
  }

  static List<Forgery> all() {
    return new SignatureForgeries().all;
  }

  private void made(String attack, SignatureMaker maker, SamlCheck... expected) {
    for (Signing signing : Signing.values()) {
      all.add(
          Forgery.response(
              attack,
              signing.toString(),
              ResponseMaker.of(signing).signedBy(maker).base64(),
              expected));
    }
  }

  /** In the signature that counts in each way of signing: of the response, else the assertion. */
  private void changed(String attack, Consumer<Element> change, SamlCheck... expected) {
    changed(attack, signing -> signing.toString(), change, expected);
  }

  private void changed(
      String attack,
      Function<Signing, String> name,
      Consumer<Element> change,
      SamlCheck... expected) {
    for (Signing signing : Signing.values()) {
      all.add(
          Forgery.response(
              attack,
              name.apply(signing),
              ResponseMaker.of(signing)
                  .change(document -> change.accept(first(root(document), Names.SIGNATURE)))
                  .base64(),
              expected));
    }
  }

  private static Element root(Document document) {
    return document.getDocumentElement();
  }

  private void unsigned() {
    for (Signing signing : Signing.values()) {
      all.add(
          Forgery.response(
              "unsigned",
              signing.toString(),
              ResponseMaker.of(signing)
                  .change(
                      document -> {
                        for (Element one : Xml.all(root(document))) {
                          if (Names.SIGNATURE.is(one) && one.getParentNode() != null) {
                            one.getParentNode().removeChild(one);
                          }
                        }
                      })
                  .base64(),
              SamlCheck.SIGNED));
    }
    less("response not signed", Connections.wantingSignedResponse(), SamlCheck.RESPONSE_SIGNED);
    less("assertion not signed", Connections.wantingSignedAssertion(), SamlCheck.ASSERTION_SIGNED);
  }

  private void less(String attack, SamlConnection connection, SamlCheck check) {
    for (Signing signing : Signing.values()) {
      boolean lacks = check == SamlCheck.RESPONSE_SIGNED ? !signing.response : !signing.assertion;
      if (lacks) {
        all.add(
            Forgery.response(
                attack,
                signing.toString(),
                connection,
                EXPECTED,
                ResponseMaker.of(signing).base64(),
                check));
      }
    }
  }

  private void otherKeys() {
    made("KeyInfo trust", SignatureMaker.by(Keys.ATTACKER), SamlCheck.SIGNATURE_VALUE);
    made("wrong key", SignatureMaker.by(Keys.ATTACKER).withoutKeyInfo(), SamlCheck.SIGNATURE_VALUE);
    made("cross-connection", SignatureMaker.by(Keys.NEIGHBOUR), SamlCheck.SIGNATURE_VALUE);
    made("wrong kind of key", SignatureMaker.by(Keys.PROVIDER_EC), SamlCheck.SIGNATURE_VALUE);
    for (Signing signing : Signing.values()) {
      all.add(
          Forgery.response(
              "short key",
              signing.toString(),
              Connections.trusting(Keys.PROVIDER_SHORT),
              EXPECTED,
              ResponseMaker.of(signing).signedBy(SignatureMaker.by(Keys.PROVIDER_SHORT)).base64(),
              SamlCheck.KEY_STRENGTH));
      all.add(
          Forgery.response(
              "cross-connection",
              "brought to another organization, " + signing,
              Connections.neighbour(),
              EXPECTED,
              ResponseMaker.of(signing).base64(),
              SamlCheck.SIGNATURE_VALUE,
              SamlCheck.RESPONSE_ISSUER));
    }
    // Half of it right is not enough.
    all.add(
        Forgery.response(
            "wrong key",
            "of the assertion alone",
            ResponseMaker.of(Signing.BOTH)
                .assertionSignedBy(SignatureMaker.by(Keys.ATTACKER))
                .base64(),
            SamlCheck.SIGNATURE_VALUE));
  }

  private void weakAlgorithms() {
    made(
        "SHA-1 signature",
        HONEST.algorithm(XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA1),
        SamlCheck.SIGNATURE_ALGORITHM);
    made("SHA-1 digest", HONEST.digest(SignatureMaker.SHA1), SamlCheck.DIGEST_ALGORITHM);
    made(
        "RSA-PSS",
        HONEST.algorithm(XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256_MGF1),
        SamlCheck.SIGNATURE_ALGORITHM);
    byte[] publicKey = Keys.PROVIDER.certificate().getPublicKey().getEncoded();
    made(
        "HMAC with the public key",
        HONEST
            .algorithm(XMLSignature.ALGO_ID_MAC_HMAC_SHA256)
            .secret(new SecretKeySpec(publicKey, "HmacSHA256")),
        SamlCheck.SIGNATURE_ALGORITHM);
    for (String algorithm :
        List.of(
            "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
            "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
            "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
            "")) {
      changed(
          "algorithm renamed",
          signing -> algorithm + ", " + signing,
          signature ->
              first(signature, Names.SIGNATURE_METHOD).setAttribute("Algorithm", algorithm),
          SamlCheck.SIGNATURE_ALGORITHM);
    }
    changed(
        "truncated HMAC",
        signature -> {
          Element method = first(signature, Names.SIGNATURE_METHOD);
          method.setAttribute("Algorithm", XMLSignature.ALGO_ID_MAC_HMAC_SHA256);
          append(method, Names.DSIG, "ds:HMACOutputLength").setTextContent("0");
        },
        SamlCheck.SHAPE);
  }

  private void otherWays() {
    String enveloped = Transforms.TRANSFORM_ENVELOPED_SIGNATURE;
    String exclusive = Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS;
    made(
        "inclusive canonicalization",
        HONEST.transforms(enveloped, Transforms.TRANSFORM_C14N_OMIT_COMMENTS),
        SamlCheck.TRANSFORMS);
    made(
        "canonicalization with comments",
        HONEST.transforms(enveloped, Transforms.TRANSFORM_C14N_EXCL_WITH_COMMENTS),
        SamlCheck.TRANSFORMS);
    made("one transform", HONEST.transforms(enveloped), SamlCheck.TRANSFORMS);
    made(
        "three transforms",
        HONEST.transforms(enveloped, exclusive, exclusive),
        SamlCheck.TRANSFORMS);
    made("XPath transform", HONEST.transforms(enveloped, XPATH, exclusive), SamlCheck.TRANSFORMS);
    made(
        "too many prefixes",
        HONEST.prefixes("a b c d e f g h i j k l m n o p q"),
        SamlCheck.TRANSFORMS);
    made(
        "inclusive SignedInfo",
        HONEST.canonicalization(Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS),
        SamlCheck.CANONICALIZATION);
    made(
        "SignedInfo with comments",
        HONEST.canonicalization(Canonicalizer.ALGO_ID_C14N_EXCL_WITH_COMMENTS),
        SamlCheck.CANONICALIZATION);
    changed(
        "XSLT transform",
        signature ->
            first(signature, Names.TRANSFORM).setAttribute("Algorithm", Transforms.TRANSFORM_XSLT),
        SamlCheck.TRANSFORMS);
    changed(
        "no transforms",
        signature -> {
          Element transforms = first(signature, Names.TRANSFORMS);
          transforms.getParentNode().removeChild(transforms);
        },
        SamlCheck.TRANSFORMS);
  }

  /** Leaves the name of the person out of what is signed. */
  private static final String XPATH =
      """
      <ds:Transform xmlns:ds="http://www.w3.org/2000/09/xmldsig#" \
      Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath \
      xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">not(ancestor-or-self::saml:NameID)\
      </ds:XPath></ds:Transform>""";

  private void otherReferences() {
    all.add(
        Forgery.response(
            "reference to the document",
            "made so",
            ResponseMaker.of(Signing.RESPONSE).signedBy(HONEST.uri("")).base64(),
            SamlCheck.REFERENCE_TARGET));
    made("two references", HONEST.references(2), SamlCheck.ONE_REFERENCE);
    for (String uri :
        List.of(
            "",
            "#",
            "#_other",
            "#xpointer(/)",
            "#xpointer(id('_assertion'))",
            "http://127.0.0.1:9/evil.xml",
            "file:///etc/passwd")) {
      changed(
          "remote or other reference",
          signing -> uri + ", " + signing,
          signature -> first(signature, Names.REFERENCE).setAttribute("URI", uri),
          SamlCheck.REFERENCE_TARGET);
    }
    changed(
        "reference to nothing",
        signature -> first(signature, Names.REFERENCE).removeAttribute("URI"),
        SamlCheck.REFERENCE_TARGET);
    // CVE-2025-29774: which of them was verified, and which is read?
    changed(
        "two SignedInfo",
        signature ->
            signature.insertBefore(
                first(signature, Names.SIGNED_INFO).cloneNode(true), signature.getFirstChild()),
        SamlCheck.SHAPE);
    changed(
        "two signatures in one element",
        signature -> signature.getParentNode().insertBefore(signature.cloneNode(true), signature),
        SamlCheck.SIGNATURE_PLACE);
    for (Signing signing : List.of(Signing.ASSERTION, Signing.RESPONSE, Signing.ENCRYPTED)) {
      all.add(
          Forgery.response(
              "signature elsewhere",
              "of its element, in the status or the subject, " + signing,
              ResponseMaker.of(signing).change(SignatureForgeries::moveSignature).base64(),
              SamlCheck.SIGNATURE_PLACE));
    }
  }

  private static void moveSignature(Document document) {
    Element signature = first(root(document), Names.SIGNATURE);
    Name host =
        Names.ASSERTION.is(signature.getParentNode()) ? Names.CONFIRMATION_DATA : Names.STATUS;
    first((Element) signature.getParentNode(), host).appendChild(signature);
  }

  private void changedAfterwards() {
    // CVE-2025-54419 and the plainest attack of all.
    for (Name name : List.of(Names.NAME_ID, Names.ATTRIBUTE_VALUE, Names.AUDIENCE, Names.ISSUER)) {
      for (Signing signing : Signing.values()) {
        if (signing != Signing.ENCRYPTED_IN_RESPONSE) {
          all.add(
              Forgery.response(
                  "changed after signing",
                  name.local() + ", " + signing,
                  ResponseMaker.of(signing)
                      .change(
                          document ->
                              first(Documents.assertion(document), name)
                                  .setTextContent(Drafts.VICTIM))
                      .base64(),
                  SamlCheck.DIGEST_VALUE));
        }
      }
    }
    changed(
        "signature value changed",
        signature -> {
          Element value = first(signature, new Name(Names.DSIG, "SignatureValue"));
          byte[] bytes = Base64.getMimeDecoder().decode(value.getTextContent());
          bytes[7] ^= 1;
          value.setTextContent(Base64.getEncoder().encodeToString(bytes));
        },
        SamlCheck.SIGNATURE_VALUE);
    changed(
        "signature value empty",
        signature -> first(signature, new Name(Names.DSIG, "SignatureValue")).setTextContent(""),
        SamlCheck.SIGNATURE_VALUE);
    changed(
        "digest of the attacker",
        signature -> first(signature, Names.DIGEST_VALUE).setTextContent(EMPTY_SHA256),
        SamlCheck.SIGNATURE_VALUE);
  }

  /** CVE-2024-45409: a digest that a search finds first. */
  private void hiddenDigests() {
    for (Signing signing : List.of(Signing.ASSERTION, Signing.BOTH)) {
      all.add(
          Forgery.response(
              "CVE-2024-45409",
              "digest in the status, " + signing,
              ResponseMaker.of(signing).change(document -> smuggle(document, false)).base64(),
              SamlCheck.DIGEST_VALUE));
      all.add(
          Forgery.response(
              "CVE-2024-45409",
              "signature in the status, " + signing,
              ResponseMaker.of(signing).change(document -> smuggle(document, true)).base64(),
              SamlCheck.SIGNATURE_PLACE));
    }
    all.add(
        Forgery.response(
            "signature elsewhere",
            "a second one in the status",
            ResponseMaker.of(Signing.ASSERTION)
                .draft(Drafts.statusDetail("<ds:Signature xmlns:ds=\"" + Names.DSIG + "\"/>"))
                .base64(),
            SamlCheck.SIGNATURE_PLACE));
  }

  private static void smuggle(Document document, boolean whole) {
    Element assertion = Documents.assertion(document);
    first(assertion, Names.NAME_ID).setTextContent(Drafts.VICTIM);
    Element status = child(root(document), Names.STATUS);
    Element detail = append(status, Names.PROTOCOL, "samlp:StatusDetail");
    Element host = whole ? append(detail, Names.DSIG, "ds:Signature") : detail;
    append(host, Names.DSIG, "ds:DigestValue").setTextContent(EMPTY_SHA256);
  }

  /**
   * CVE-2025-66568: canonicalization fails on a namespace that is no absolute address; what comes
   * out of that, nothing, is taken for the content, and a signer that does the same has signed it.
   */
  private void voidCanonicalization() {
    for (Signing signing : Signing.values()) {
      all.add(
          Forgery.response(
              "CVE-2025-66568",
              signing.toString(),
              ResponseMaker.of(signing).change(SignatureForgeries::signNothing).base64(),
              SamlCheck.DIGEST_VALUE));
    }
  }

  private static void signNothing(Document document) {
    Element signature = first(root(document), Names.SIGNATURE);
    first(signature, Names.DIGEST_VALUE).setTextContent(EMPTY_SHA256);
    Documents.declare((Element) signature.getParentNode(), "ns", "1");
    SignatureMaker.computeValue(signature, Keys.PROVIDER);
  }
}
