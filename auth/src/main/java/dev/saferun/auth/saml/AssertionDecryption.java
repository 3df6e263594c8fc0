package dev.saferun.auth.saml;

import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.xml.security.Init;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.encryption.XMLEncryptionException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Opens an encrypted assertion. Only what is authenticated as well is taken: with CBC, or keys by
 * RSA 1.5, whoever may send many messages and hear how each was refused can read one that he
 * caught.
 */
final class AssertionDecryption {

  /** By the algorithm of the content, how long its key is. */
  private static final Map<String, Integer> KEY_BYTES =
      Map.of(XMLCipher.AES_128_GCM, 16, XMLCipher.AES_256_GCM, 32);

  private static final Set<String> DIGESTS =
      Set.of("http://www.w3.org/2000/09/xmldsig#sha1", "http://www.w3.org/2001/04/xmlenc#sha256");

  private static final Set<String> MASKS =
      Set.of(Names.XENC11 + "mgf1sha1", Names.XENC11 + "mgf1sha256");

  static {
    Init.init();
  }

  private final Checks checks;
  private final List<SamlKeyPair> keys;

  AssertionDecryption(Checks checks, List<SamlKeyPair> keys) {
    this.checks = checks;
    this.keys = keys;
  }

  /** The bytes of the assertion, which must be a document of its own. */
  byte[] open(Element encryptedAssertion) throws RefusedException {
    Element data =
        Xml.child(encryptedAssertion, Names.ENCRYPTED_DATA)
            .orElseThrow(AssertionDecryption::cannotOpen);
    String algorithm = algorithm(data);
    checks.demand(SamlCheck.ENCRYPTION_ALGORITHM, KEY_BYTES.containsKey(algorithm));
    for (Element encryptedKey : encryptedKeys(encryptedAssertion, data)) {
      checkTransport(encryptedKey);
      for (SamlKeyPair key : keys) {
        Optional<byte[]> opened = open(data, encryptedKey, key, algorithm);
        if (opened.isPresent()) {
          return opened.get();
        }
      }
    }
    throw cannotOpen();
  }

  private static String algorithm(Element encrypted) {
    return Xml.child(encrypted, Names.ENCRYPTION_METHOD)
        .map(SignatureProfile::algorithm)
        .orElse("");
  }

  /** Inside of the data, or beside it. */
  private static List<Element> encryptedKeys(Element encryptedAssertion, Element data) {
    List<Element> found = new ArrayList<>();
    Xml.child(data, Names.KEY_INFO)
        .ifPresent(info -> found.addAll(Xml.children(info, Names.ENCRYPTED_KEY)));
    found.addAll(Xml.children(encryptedAssertion, Names.ENCRYPTED_KEY));
    return found;
  }

  private void checkTransport(Element encryptedKey) throws RefusedException {
    Optional<Element> method = Xml.child(encryptedKey, Names.ENCRYPTION_METHOD);
    @Nullable String digest =
        SignatureProfile.algorithm(method.flatMap(one -> Xml.child(one, Names.DIGEST_METHOD)));
    @Nullable String mask =
        SignatureProfile.algorithm(method.flatMap(one -> Xml.child(one, Names.MGF)));
    boolean maskFits =
        switch (algorithm(encryptedKey)) {
          case XMLCipher.RSA_OAEP -> mask == null;
          case XMLCipher.RSA_OAEP_11 -> mask == null || MASKS.contains(mask);
          default -> false;
        };
    checks.demand(
        SamlCheck.KEY_TRANSPORT, maskFits && (digest == null || DIGESTS.contains(digest)));
  }

  /** Says nothing about why it cannot: there is one way to fail. */
  private static Optional<byte[]> open(
      Element data, Element encryptedKey, SamlKeyPair pair, String algorithm) {
    try {
      XMLCipher unwrap = XMLCipher.getInstance();
      unwrap.setSecureValidation(true);
      unwrap.init(XMLCipher.UNWRAP_MODE, pair.privateKey());
      Key key =
          unwrap.decryptKey(
              unwrap.loadEncryptedKey(encryptedKey.getOwnerDocument(), encryptedKey), algorithm);
      byte[] encoded = key.getEncoded();
      if (encoded == null || encoded.length != KEY_BYTES.getOrDefault(algorithm, encoded.length)) {
        return Optional.empty();
      }
      XMLCipher decrypt = XMLCipher.getInstance();
      decrypt.setSecureValidation(true);
      decrypt.init(XMLCipher.DECRYPT_MODE, key);
      return Optional.of(decrypt.decryptToByteArray(data));
    } catch (XMLEncryptionException | RuntimeException fault) {
      // The latter for a text that is no base64, among others.
      return Optional.empty();
    }
  }

  private static RefusedException cannotOpen() {
    return new RefusedException(
        SamlRefusal.ENCRYPTION, "the assertion cannot be decrypted with a key of this connection");
  }
}
