package dev.saferun.auth.saml;

import java.util.Optional;
import org.w3c.dom.Element;

/** Reads the response with which an identity provider sends somebody back. */
public final class SamlResponses {

  private final Checks checks;
  private final XmlReader reader;
  private final DocumentRules documents;

  public SamlResponses() {
    this(Checks.ALL);
  }

  SamlResponses(Checks checks) {
    this.checks = checks;
    this.reader = new XmlReader(checks);
    this.documents = new DocumentRules(checks);
  }

  /**
   * @param connection the one whose address the response came to
   * @param response the field {@code SAMLResponse} of the form
   */
  public SamlOutcome read(SamlConnection connection, String response, Expectation expectation) {
    try {
      return new SamlOutcome.Accepted(login(connection, response, expectation));
    } catch (RefusedException refused) {
      return new SamlOutcome.Refused(refused.refusal(), refused.text(), refused.values());
    }
  }

  private SamlLogin login(SamlConnection connection, String text, Expectation expectation)
      throws RefusedException {
    MessageRules rules = new MessageRules(connection, checks, expectation.now());
    Element received = reader.read(Base64Field.decode(text, checks));
    // First, so that a login that failed over there is told as that.
    rules.checkStatus(received);
    documents.check(received, Shapes.RESPONSE);
    XmlSignatures signatures =
        new XmlSignatures(checks, connection.identityProvider().certificates());
    Optional<Element> signed = signatures.signed(received);
    if (signed.isPresent()) {
      documents.check(signed.get(), Shapes.RESPONSE);
    }
    checks.demand(
        SamlCheck.RESPONSE_SIGNED,
        signed.isPresent() || !connection.policy().wantsSignedResponse());
    new ResponseRules(connection, checks, rules, expectation.requestId())
        .check(signed.orElse(received));
    Element assertion = assertion(connection, signatures, received, signed);
    new AssertionRules(connection, checks, rules, expectation).check(assertion);
    return new LoginReader(checks, rules.skew()).read(assertion);
  }

  /**
   * The assertion as it was signed: by itself, or as a part of the response that was.
   *
   * @param received as it came. Its assertion is verified in there, for its signature may lean on
   *     namespaces that the canonical form of the response does not keep
   * @param signed the response as it was signed, if it was
   */
  private Element assertion(
      SamlConnection connection,
      XmlSignatures signatures,
      Element received,
      Optional<Element> signed)
      throws RefusedException {
    Optional<Element> encrypted = Xml.child(signed.orElse(received), Names.ENCRYPTED_ASSERTION);
    checks.demand(
        SamlCheck.ENCRYPTION_REQUIRED,
        encrypted.isPresent() || !connection.policy().wantsEncryption());
    Element plain =
        encrypted.isPresent() ? opened(connection, encrypted.get()) : onlyAssertion(received);
    Optional<Element> own = signatures.signed(plain);
    checks.demand(
        SamlCheck.ASSERTION_SIGNED, own.isPresent() || !connection.policy().wantsSignedAssertion());
    checks.demand(SamlCheck.SIGNED, own.isPresent() || signed.isPresent());
    if (own.isPresent()) {
      documents.check(own.get(), Shapes.ASSERTION);
      return own.get();
    }
    // From the bytes of the response: what was decrypted came out of them.
    return encrypted.isPresent() ? plain : onlyAssertion(signed.orElse(received));
  }

  private Element opened(SamlConnection connection, Element encrypted) throws RefusedException {
    byte[] bytes =
        new AssertionDecryption(checks, connection.serviceProvider().decryptionKeys())
            .open(encrypted);
    Element assertion = reader.read(bytes);
    documents.check(assertion, Shapes.ASSERTION);
    return assertion;
  }

  private static Element onlyAssertion(Element response) throws RefusedException {
    return Xml.child(response, Names.ASSERTION)
        .orElseThrow(
            () -> new RefusedException(SamlRefusal.MALFORMED, "the response has no assertion"));
  }
}
