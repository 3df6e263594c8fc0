package dev.saferun.auth.saml;

import static dev.saferun.auth.saml.Connections.EXPECTED;
import static dev.saferun.auth.saml.Documents.first;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.xml.security.encryption.XMLCipher;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Encryption that is missing, weak, of parts only, or used as if it were a signature. */
final class EncryptionForgeries {

  private static final List<Signing> ENCRYPTED =
      List.of(Signing.ENCRYPTED, Signing.ENCRYPTED_IN_RESPONSE);

  private final List<Forgery> all = new ArrayList<>();

  private EncryptionForgeries() {
    missing();
    weak();
    parts();
    swapped();
  }

  static List<Forgery> all() {
    return new EncryptionForgeries().all;
  }

  private void missing() {
    for (Signing signing : List.of(Signing.RESPONSE, Signing.ASSERTION, Signing.BOTH)) {
      all.add(
          Forgery.response(
              "not encrypted",
              signing.toString(),
              Connections.wantingEncryption(),
              EXPECTED,
              ResponseMaker.of(signing).base64(),
              SamlCheck.ENCRYPTION_REQUIRED));
    }
  }

  private void made(String attack, EncryptionMaker maker, SamlCheck expected) {
    for (Signing signing : ENCRYPTED) {
      all.add(
          Forgery.response(
              attack,
              maker.algorithm() + " " + maker.transport() + ", " + signing,
              ResponseMaker.of(signing).encryptedBy(maker).base64(),
              expected));
    }
  }

  private void weak() {
    EncryptionMaker standard = EncryptionMaker.standard();
    for (String algorithm : List.of(XMLCipher.AES_128, XMLCipher.AES_256)) {
      made("CBC", standard.algorithm(algorithm), SamlCheck.ENCRYPTION_ALGORITHM);
    }
    made("RSA 1.5", standard.transport(XMLCipher.RSA_v1dot5, null, null), SamlCheck.KEY_TRANSPORT);
    made(
        "OAEP with another digest",
        standard.transport(XMLCipher.RSA_OAEP, null, XMLCipher.SHA512),
        SamlCheck.KEY_TRANSPORT);
  }

  private void parts() {
    for (Signing signing : Signing.values()) {
      all.add(
          Forgery.response(
              "encrypted parts",
              "attribute, " + signing,
              ResponseMaker.of(signing)
                  .draft(
                      Drafts.replace(
                          "</saml:AttributeStatement>",
                          "<saml:EncryptedAttribute><x xmlns=\"urn:x\"/></saml:EncryptedAttribute>"
                              + "</saml:AttributeStatement>"))
                  .base64(),
              SamlCheck.ENCRYPTED_PARTS));
      all.add(
          Forgery.response(
              "encrypted parts",
              "name, " + signing,
              ResponseMaker.of(signing)
                  .draft(
                      Drafts.replace(
                          Drafts.NAME_ID,
                          "<saml:EncryptedID><x xmlns=\"urn:x\"/></saml:EncryptedID>"))
                  .base64(),
              SamlCheck.ENCRYPTED_PARTS));
    }
  }

  /** Everybody can encrypt; it says nothing about who did. */
  private void swapped() {
    swap(
        "encrypted then swapped",
        Signing.ENCRYPTED_IN_RESPONSE,
        EncryptionForgeries::replaceEncrypted,
        SamlCheck.DIGEST_VALUE);
    all.add(
        Forgery.response(
            "encrypted then swapped",
            "unsigned inside",
            ResponseMaker.of(Signing.ENCRYPTED)
                .change(
                    document -> {
                      Element original = Documents.assertion(document);
                      original
                          .getParentNode()
                          .replaceChild(
                              Documents.withoutSignature(Documents.evil(original)), original);
                    })
                .base64(),
            SamlCheck.SIGNED));
    swap(
        "encrypted then swapped",
        Signing.RESPONSE,
        document -> EncryptionMaker.standard().encrypt(Documents.assertion(document)),
        SamlCheck.DIGEST_VALUE);
    swap(
        "encrypted and in the clear",
        Signing.ENCRYPTED_IN_RESPONSE,
        document ->
            document
                .getDocumentElement()
                .appendChild(Documents.imported(document, Drafts.assertion())),
        SamlCheck.ONE_ASSERTION);
    swap(
        "ciphertext changed",
        Signing.ENCRYPTED_IN_RESPONSE,
        document -> {
          Element value = first(document.getDocumentElement(), new Name(Names.XENC, "CipherValue"));
          value.setTextContent("AAAA" + value.getTextContent().substring(4));
        },
        SamlCheck.DIGEST_VALUE);
    swap(
        "reference to a ciphertext",
        Signing.ENCRYPTED_IN_RESPONSE,
        document -> {
          Element data = first(document.getDocumentElement(), new Name(Names.XENC, "CipherData"));
          Element reference = document.createElementNS(Names.XENC, "xenc:CipherReference");
          reference.setAttribute("URI", "http://127.0.0.1:9/x");
          data.replaceChild(reference, data.getFirstChild());
        },
        SamlCheck.SHAPE);
    // Something else was encrypted than an assertion.
    all.add(
        Forgery.response(
            "encrypted something else",
            "a response",
            ResponseMaker.of(Signing.ENCRYPTED_IN_RESPONSE)
                .draft(
                    Drafts.replace(
                        "<saml:Assertion ", "<saml:Assertion xmlns:e=\"urn:e\" e:a=\"\" "))
                .base64(),
            SamlCheck.SHAPE));
  }

  private static void replaceEncrypted(Document document) {
    Element response = document.getDocumentElement();
    Element old = Documents.child(response, Names.ENCRYPTED_ASSERTION);
    Element evil =
        Documents.imported(document, Drafts.assertion().replace(Drafts.USER, Drafts.VICTIM));
    response.replaceChild(evil, old);
    EncryptionMaker.standard().encrypt(evil);
  }

  private void swap(
      String attack, Signing signing, Consumer<Document> change, SamlCheck... expected) {
    all.add(
        Forgery.response(
            attack,
            signing.toString(),
            ResponseMaker.of(signing).change(change).base64(),
            expected));
  }
}
