package dev.saferun.auth.saml;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Makes a response step by step; each step can be another one than an honest identity provider
 * would take.
 *
 * <p>The steps: a draft as text; signed; then, where somebody stands in between, changed as a
 * document; encrypted; written; changed as text. What is encrypted for a signature around it is
 * encrypted before that.
 */
final class ResponseMaker {

  private final Signing signing;
  private UnaryOperator<String> draft = UnaryOperator.identity();
  private SignatureMaker responseSigner = SignatureMaker.by(Keys.PROVIDER);
  private SignatureMaker assertionSigner = SignatureMaker.by(Keys.PROVIDER);
  private Consumer<Element> beforeValue = nothing -> {};
  private Consumer<Document> change = nothing -> {};
  private EncryptionMaker encryption = EncryptionMaker.standard();
  private UnaryOperator<String> written = UnaryOperator.identity();

  private ResponseMaker(Signing signing) {
    this.signing = signing;
  }

  static ResponseMaker of(Signing signing) {
    return new ResponseMaker(signing);
  }

  /** What the identity provider itself says otherwise. */
  ResponseMaker draft(UnaryOperator<String> edit) {
    UnaryOperator<String> before = draft;
    draft = text -> edit.apply(before.apply(text));
    return this;
  }

  ResponseMaker signedBy(SignatureMaker maker) {
    responseSigner = maker;
    assertionSigner = maker;
    return this;
  }

  ResponseMaker assertionSignedBy(SignatureMaker maker) {
    assertionSigner = maker;
    return this;
  }

  /** Changes each signature before its value is computed. */
  ResponseMaker signature(Consumer<Element> edit) {
    beforeValue = edit;
    return this;
  }

  /** What an attacker does with a signed document. */
  ResponseMaker change(Consumer<Document> edit) {
    change = edit;
    return this;
  }

  ResponseMaker encryptedBy(EncryptionMaker maker) {
    encryption = maker;
    return this;
  }

  /** What an attacker does with the text. */
  ResponseMaker written(UnaryOperator<String> edit) {
    written = edit;
    return this;
  }

  String text() {
    Document document = Documents.parse(draft.apply(Drafts.response()));
    if (signing.assertion) {
      assertionSigner.sign(Documents.assertion(document), beforeValue);
    }
    if (signing == Signing.ENCRYPTED_IN_RESPONSE) {
      encryption.encrypt(Documents.assertion(document));
    }
    if (signing.response) {
      responseSigner.sign(document.getDocumentElement(), beforeValue);
    }
    change.accept(document);
    if (signing == Signing.ENCRYPTED) {
      encryption.encrypt(Documents.assertion(document));
    }
    return written.apply(Documents.text(document));
  }

  String base64() {
    return base64(text());
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
