package dev.saferun.auth.saml;

import java.security.Key;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.crypto.KeyGenerator;
import org.apache.xml.security.Init;
import org.apache.xml.security.encryption.EncryptedData;
import org.apache.xml.security.encryption.EncryptedKey;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.keys.KeyInfo;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Encrypts an assertion; anybody can, for the key is public.
 *
 * @param isBeside whether the key stands beside the data and not in it
 */
record EncryptionMaker(
    X509Certificate recipient,
    String algorithm,
    String transport,
    @Nullable String mask,
    @Nullable String digest,
    boolean isBeside) {

  static {
    Init.init();
  }

  static EncryptionMaker standard() {
    return new EncryptionMaker(
        Keys.DECRYPTION.certificate(),
        XMLCipher.AES_256_GCM,
        XMLCipher.RSA_OAEP,
        null,
        null,
        false);
  }

  EncryptionMaker algorithm(String other) {
    return new EncryptionMaker(recipient, other, transport, mask, digest, isBeside);
  }

  EncryptionMaker transport(
      String other, @Nullable String otherMask, @Nullable String otherDigest) {
    return new EncryptionMaker(recipient, algorithm, other, otherMask, otherDigest, isBeside);
  }

  EncryptionMaker recipient(SamlKeyPair other) {
    return new EncryptionMaker(other.certificate(), algorithm, transport, mask, digest, isBeside);
  }

  EncryptionMaker beside() {
    return new EncryptionMaker(recipient, algorithm, transport, mask, digest, true);
  }

  /** Puts the encrypted assertion in the place of the one in the clear. */
  void encrypt(Element assertion) {
    encrypt(assertion, Names.ENCRYPTED_ASSERTION);
  }

  void encrypt(Element element, Name wrapperName) {
    try {
      Document document = element.getOwnerDocument();
      Key key = key();
      XMLCipher wrap =
          mask == null && digest == null
              ? XMLCipher.getInstance(transport)
              : XMLCipher.getInstance(transport, null, digest);
      wrap.init(XMLCipher.WRAP_MODE, recipient.getPublicKey());
      EncryptedKey wrapped = wrap.encryptKey(document, key, mask, null);
      XMLCipher cipher = XMLCipher.getInstance(algorithm);
      cipher.init(XMLCipher.ENCRYPT_MODE, key);
      EncryptedData data = cipher.getEncryptedData();
      if (!isBeside) {
        KeyInfo info = new KeyInfo(document);
        info.add(wrapped);
        data.setKeyInfo(info);
      }
      Element wrapper = wrapper(element, wrapperName);
      cipher.doFinal(document, element, false);
      if (isBeside) {
        wrapper.appendChild(wrap.martial(document, wrapped));
      }
    } catch (Exception fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static Element wrapper(Element element, Name name) {
    Element wrapper =
        element.getOwnerDocument().createElementNS(name.namespace(), "saml:" + name.local());
    Documents.declare(wrapper, "saml", name.namespace());
    element.getParentNode().replaceChild(wrapper, element);
    wrapper.appendChild(element);
    return wrapper;
  }

  private Key key() throws Exception {
    KeyGenerator generator = KeyGenerator.getInstance("AES");
    generator.init(algorithm.contains("128") ? 128 : 256, new SecureRandom());
    return generator.generateKey();
  }
}
