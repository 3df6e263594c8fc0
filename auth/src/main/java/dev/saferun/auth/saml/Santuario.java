package dev.saferun.auth.saml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.apache.jcp.xml.dsig.internal.dom.XMLDSigRI;
import org.w3c.dom.Element;

/**
 * The arithmetic of signatures, by Apache Santuario with secure validation. It is asked for the two
 * halves apart, and for the very bytes that it had in its hands.
 */
final class Santuario {

  private static final XMLDSigRI PROVIDER = new XMLDSigRI();

  private static final String SECURE_VALIDATION = "org.apache.jcp.xml.dsig.secureValidation";
  private static final String KEEP_BYTES = "javax.xml.crypto.dsig.cacheReference";

  private final Checks checks;

  Santuario(Checks checks) {
    this.checks = checks;
  }

  /**
   * What was signed.
   *
   * @param signedInfo in canonical form, as the value of the signature was held against it
   * @param content as its digest was computed
   */
  record SignedBytes(byte[] signedInfo, byte[] content) {}

  static XMLSignatureFactory factory() {
    return XMLSignatureFactory.getInstance("DOM", PROVIDER);
  }

  /**
   * @param keys at least one; each is tried
   */
  SignedBytes verify(Element signed, Element signature, List<PublicKey> keys)
      throws RefusedException {
    try {
      Attempt last = new Attempt(signed, signature, keys.getFirst());
      for (int i = 1; i < keys.size() && !last.isSigned(); i++) {
        last = new Attempt(signed, signature, keys.get(i));
      }
      checks.demand(SamlCheck.SIGNATURE_VALUE, last.isSigned());
      return last.bytes(checks);
    } catch (MarshalException | RuntimeException fault) {
      // The latter for a text that is no base64, among others.
      throw new RefusedException(SamlRefusal.SIGNATURE, "the signature cannot be read");
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
  }

  /** One key held against a signature, which is read anew for it. */
  private static final class Attempt {

    private final DOMValidateContext context;
    private final XMLSignature signature;
    private final boolean isSigned;

    Attempt(Element signed, Element element, PublicKey key) throws MarshalException {
      context = new DOMValidateContext(key, element);
      context.setProperty(SECURE_VALIDATION, true);
      context.setProperty(KEEP_BYTES, true);
      // The one element that a reference can find at all.
      context.setIdAttributeNS(signed, null, "ID");
      signature = factory().unmarshalXMLSignature(context);
      isSigned = isSignedBy();
    }

    private boolean isSignedBy() {
      try {
        return signature.getSignatureValue().validate(context);
      } catch (XMLSignatureException otherKind) {
        return false;
      }
    }

    boolean isSigned() {
      return isSigned;
    }

    SignedBytes bytes(Checks checks) throws RefusedException, IOException {
      Reference reference = signature.getSignedInfo().getReferences().getFirst();
      checks.demand(SamlCheck.DIGEST_VALUE, isIntact(reference));
      return new SignedBytes(
          all(signature.getSignedInfo().getCanonicalizedData()),
          all(reference.getDigestInputStream()));
    }

    /** What cannot be canonicalized has no digest; it is never that of nothing. */
    private boolean isIntact(Reference reference) {
      try {
        return reference.validate(context);
      } catch (XMLSignatureException fault) {
        return false;
      }
    }

    private static byte[] all(InputStream bytes) throws IOException {
      return bytes == null ? new byte[0] : bytes.readAllBytes();
    }
  }
}
