package dev.saferun.auth.saml;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Signs what this appliance sends, in the way that it demands of others. */
final class XmlSigner {

  private static final @Nullable C14NMethodParameterSpec NO_PREFIXES = null;
  private static final @Nullable TransformParameterSpec NO_PARAMETERS = null;

  private XmlSigner() {}

  /**
   * Puts a signature of an element into it.
   *
   * @param next what the signature stands before; null where it is the last
   */
  static void sign(Element element, @Nullable Node next, SamlKeyPair key) {
    XMLSignatureFactory factory = Santuario.factory();
    DOMSignContext context = new DOMSignContext(key.privateKey(), element, next);
    context.setIdAttributeNS(element, null, "ID");
    context.setDefaultNamespacePrefix("ds");
    try {
      factory
          .newXMLSignature(
              signedInfo(factory, "#" + element.getAttribute("ID"), key),
              keyInfo(factory.getKeyInfoFactory(), key))
          .sign(context);
    } catch (GeneralSecurityException | MarshalException | XMLSignatureException fault) {
      throw new IllegalStateException("the key cannot sign", fault);
    }
  }

  private static SignedInfo signedInfo(XMLSignatureFactory factory, String uri, SamlKeyPair key)
      throws GeneralSecurityException {
    Reference reference =
        factory.newReference(
            uri,
            factory.newDigestMethod(DigestAlgorithm.SHA_256.uri(), null),
            List.of(
                factory.newTransform(Transform.ENVELOPED, NO_PARAMETERS),
                factory.newTransform(CanonicalizationMethod.EXCLUSIVE, NO_PARAMETERS)),
            null,
            null);
    return factory.newSignedInfo(
        factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, NO_PREFIXES),
        factory.newSignatureMethod(SignatureAlgorithm.of(key.privateKey()).uri(), null),
        List.of(reference));
  }

  private static KeyInfo keyInfo(KeyInfoFactory factory, SamlKeyPair key) {
    return factory.newKeyInfo(List.of(factory.newX509Data(List.of(key.certificate()))));
  }
}
