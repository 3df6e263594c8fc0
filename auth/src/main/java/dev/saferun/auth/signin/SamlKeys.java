package dev.saferun.auth.signin;

import dev.saferun.auth.saml.SamlKeyPair;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys with which we sign to one identity provider, and to which it encrypts: the first signs,
 * all are in our metadata and all decrypt. A key changes in three steps, and in between the
 * identity provider reads our metadata: another one is added, becomes the first, and the old one
 * goes.
 */
record SamlKeys(List<SamlKeyPair> pairs) {

  private static final Duration LIFE = Duration.ofDays(3_650);
  private static final Duration BEGUN_BEFORE = Duration.ofDays(1);
  private static final int PAIRS_MAX = 2;

  static SamlKeys fresh(Instant now) {
    return new SamlKeys(List.of(pair(now)));
  }

  private static SamlKeyPair pair(Instant now) {
    return SamlKeyPair.generate("SafeRun", now.minus(BEGUN_BEFORE), now.plus(LIFE));
  }

  /** A second one, published and not used yet; nothing where there is one. */
  SamlKeys added(Instant now) {
    return pairs.size() >= PAIRS_MAX ? this : new SamlKeys(List.of(pairs.getFirst(), pair(now)));
  }

  /** The other one signs. */
  SamlKeys switched() {
    return new SamlKeys(pairs.reversed());
  }

  /** Only the one that signs is left. */
  SamlKeys dropped() {
    return new SamlKeys(List.of(pairs.getFirst()));
  }

  static SamlKeys of(Map<String, String> secrets) {
    List<SamlKeyPair> pairs = new ArrayList<>();
    for (int i = 0; i < PAIRS_MAX; i++) {
      String key = secrets.get("key_" + i);
      String certificate = secrets.get("certificate_" + i);
      if (key != null && certificate != null) {
        pairs.add(
            SamlKeyPair.of(
                Base64.getDecoder().decode(key), Base64.getDecoder().decode(certificate)));
      }
    }
    return new SamlKeys(pairs);
  }

  Map<String, String> secrets() {
    Map<String, String> secrets = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      secrets.put("key_" + i, text(pairs.get(i).privateKey().getEncoded()));
      secrets.put("certificate_" + i, text(certificate(pairs.get(i))));
    }
    return secrets;
  }

  private static byte[] certificate(SamlKeyPair pair) {
    try {
      return pair.certificate().getEncoded();
    } catch (CertificateEncodingException never) {
      throw new IllegalStateException("what was read can be written", never);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
