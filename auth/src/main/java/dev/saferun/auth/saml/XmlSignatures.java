package dev.saferun.auth.saml;

import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * Verifies the signature of an element and gives back what was signed: not the element, but the
 * bytes whose digest was held against the signature, parsed anew.
 */
final class XmlSignatures {

  private final Checks checks;
  private final XmlReader reader;
  private final SignatureProfile profile;
  private final Santuario santuario;
  private final List<PublicKey> keys;

  XmlSignatures(Checks checks, List<X509Certificate> certificates) {
    this.checks = checks;
    this.reader = new XmlReader(checks);
    this.profile = new SignatureProfile(checks);
    this.santuario = new Santuario(checks);
    this.keys = certificates.stream().map(X509Certificate::getPublicKey).toList();
  }

  /** What was signed of this element; absent where it has no signature of its own. */
  Optional<Element> signed(Element element) throws RefusedException {
    Optional<Element> signature = Xml.child(element, Names.SIGNATURE);
    return signature.isEmpty() ? Optional.empty() : Optional.of(verified(element, signature.get()));
  }

  private Element verified(Element element, Element signature) throws RefusedException {
    String id = Objects.requireNonNullElse(Xml.attribute(element, "ID"), "");
    Element signedInfo =
        Xml.child(signature, Names.SIGNED_INFO)
            .orElseThrow(
                () -> new RefusedException(SamlRefusal.SIGNATURE, "the signature signs nothing"));
    profile.check(signedInfo, id);
    // A stranger's certificates and addresses: nobody gets to see them.
    Xml.child(signature, Names.KEY_INFO).ifPresent(signature::removeChild);
    Santuario.SignedBytes bytes = santuario.verify(element, signature, strongKeys());
    confirm(bytes, id);
    Element content = reader.read(bytes.content());
    checks.demand(
        SamlCheck.REFERENCE_TARGET,
        id.equals(Xml.attribute(content, "ID"))
            && new Name(element.getNamespaceURI(), element.getLocalName()).is(content));
    return content;
  }

  private List<PublicKey> strongKeys() throws RefusedException {
    List<PublicKey> strong = keys.stream().filter(KeyStrength::isEnough).toList();
    checks.demand(SamlCheck.KEY_STRENGTH, !strong.isEmpty());
    return strong.isEmpty() ? keys : strong;
  }

  /**
   * The same once more, from the other end: what the canonical bytes of SignedInfo say, for these
   * are what the key signed, must be what was judged, and their digest that of the content.
   */
  private void confirm(Santuario.SignedBytes bytes, String id) throws RefusedException {
    if (!checks.has(SamlCheck.SIGNATURE_VALUE) || !checks.has(SamlCheck.DIGEST_VALUE)) {
      return;
    }
    Element signedInfo = reader.read(bytes.signedInfo());
    profile.check(signedInfo, id);
    Optional<Element> reference = Xml.child(signedInfo, Names.REFERENCE);
    Optional<DigestAlgorithm> algorithm =
        reference
            .flatMap(parent -> Xml.child(parent, Names.DIGEST_METHOD))
            .flatMap(method -> DigestAlgorithm.of(SignatureProfile.algorithm(method)));
    if (algorithm.isPresent()
        && !MessageDigest.isEqual(
            algorithm.get().digest(bytes.content()), digestValue(reference.get()))) {
      throw new RefusedException(SamlCheck.DIGEST_VALUE, Map.of());
    }
  }

  private static byte[] digestValue(Element reference) {
    return Xml.child(reference, Names.DIGEST_VALUE)
        .map(value -> Base64.getMimeDecoder().decode(Xml.text(value)))
        .orElse(new byte[0]);
  }
}
