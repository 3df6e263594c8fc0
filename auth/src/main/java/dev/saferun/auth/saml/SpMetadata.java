package dev.saferun.auth.saml;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.xml.security.encryption.XMLCipher;
import org.w3c.dom.Element;

/** This appliance's own metadata, signed, for the identity provider to read. */
public final class SpMetadata {

  private static final List<String> NAME_ID_FORMATS =
      List.of(
          "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
          "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
          "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified");

  private SpMetadata() {}

  /** The document, in UTF-8. */
  public static byte[] write(SamlConnection connection) {
    ServiceProvider ours = connection.serviceProvider();
    Element root =
        XmlWriter.root(
            name("EntityDescriptor"), Map.of("ID", XmlWriter.newId(), "entityID", ours.entityId()));
    XmlWriter.declare(root, Names.DSIG);
    Element descriptor =
        XmlWriter.append(
            root,
            name("SPSSODescriptor"),
            Map.of(
                "AuthnRequestsSigned",
                "true",
                "WantAssertionsSigned",
                "true",
                "protocolSupportEnumeration",
                Names.PROTOCOL));
    ours.signingKeys().forEach(key -> signingKey(descriptor, key.certificate()));
    ours.decryptionKeys().forEach(key -> encryptionKey(descriptor, key.certificate()));
    for (SamlBinding binding : SamlBinding.values()) {
      XmlWriter.append(
          descriptor,
          name("SingleLogoutService"),
          Map.of("Binding", binding.uri(), "Location", ours.singleLogout()));
    }
    NAME_ID_FORMATS.forEach(one -> XmlWriter.append(descriptor, name("NameIDFormat"), one));
    XmlWriter.append(
        descriptor,
        name("AssertionConsumerService"),
        Map.of(
            "Binding",
            SamlBinding.POST.uri(),
            "Location",
            ours.assertionConsumer(),
            "index",
            "0",
            "isDefault",
            "true"));
    XmlSigner.sign(root, descriptor, ours.signingKeys().getFirst());
    return XmlWriter.bytes(root);
  }

  private static void signingKey(Element descriptor, X509Certificate certificate) {
    keyDescriptor(descriptor, "signing", certificate);
  }

  /** With the algorithms that are taken, for the sender would choose others by himself. */
  private static void encryptionKey(Element descriptor, X509Certificate certificate) {
    Element key = keyDescriptor(descriptor, "encryption", certificate);
    for (String algorithm :
        List.of(XMLCipher.AES_256_GCM, XMLCipher.AES_128_GCM, XMLCipher.RSA_OAEP)) {
      XmlWriter.append(key, name("EncryptionMethod"), Map.of("Algorithm", algorithm));
    }
  }

  private static Element keyDescriptor(
      Element descriptor, String use, X509Certificate certificate) {
    Element key = XmlWriter.append(descriptor, name("KeyDescriptor"), Map.of("use", use));
    Element info = XmlWriter.append(key, Names.KEY_INFO, Map.of());
    Element data = XmlWriter.append(info, Names.X509_DATA, Map.of());
    try {
      XmlWriter.append(
          data,
          Names.X509_CERTIFICATE,
          Base64.getEncoder().encodeToString(certificate.getEncoded()));
    } catch (CertificateEncodingException never) {
      throw new IllegalStateException("what was read can be written", never);
    }
    return key;
  }

  private static Name name(String local) {
    return new Name(Names.METADATA, local);
  }
}
