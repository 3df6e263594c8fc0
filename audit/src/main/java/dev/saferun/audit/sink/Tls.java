package dev.saferun.audit.sink;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom a destination trusts and as whom it appears. The setting {@code ca} takes the place of the
 * Java runtime's authorities and does not add to them: who names an own one means only that.
 */
final class Tls {

  private static final char[] NO_PASSWORD = new char[0];

  private Tls() {}

  /** With the authorities of the settings, or the runtime's. */
  static SSLContext context(Settings settings) {
    return context(trust(settings), null);
  }

  /** As above, and with the client's own certificate where there is one. */
  static SSLContext mutualContext(Settings settings) {
    return context(trust(settings), identity(settings));
  }

  private static SSLContext context(
      TrustManager @Nullable [] trust, KeyManager @Nullable [] identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity, trust, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static TrustManager @Nullable [] trust(Settings settings) {
    Optional<String> authorities = settings.pem("ca");
    if (authorities.isEmpty()) {
      return null;
    }
    try {
      KeyStore store = empty();
      int count = 0;
      for (X509Certificate one : Pem.certificates(authorities.get())) {
        store.setCertificateEntry("authority-" + count++, one);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException fault) {
      throw settings.refusal("ca", "must be certificates in PEM");
    }
  }

  private static KeyManager @Nullable [] identity(Settings settings) {
    Optional<String> certificate = settings.pem("client_certificate");
    Optional<String> key = settings.secretPem("client_key");
    if (certificate.isEmpty() && key.isEmpty()) {
      return null;
    }
    if (certificate.isEmpty()) {
      throw settings.refusal("client_certificate", "is missing beside the secret client_key");
    }
    if (key.isEmpty()) {
      throw settings.secretRefusal("client_key", "is missing beside client_certificate");
    }
    return identity(chain(settings, certificate.get()), key(settings, key.get()));
  }

  private static List<X509Certificate> chain(Settings settings, String pem) {
    try {
      return Pem.certificates(pem);
    } catch (GeneralSecurityException fault) {
      throw settings.refusal("client_certificate", "must be certificates in PEM");
    }
  }

  private static PrivateKey key(Settings settings, String pem) {
    try {
      return Pem.key(pem);
    } catch (GeneralSecurityException fault) {
      throw settings.secretRefusal(
          "client_key", "must be a key in PEM, in PKCS #8 and not encrypted");
    }
  }

  private static KeyManager[] identity(List<X509Certificate> chain, PrivateKey key) {
    try {
      KeyStore store = empty();
      store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (IOException | GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
