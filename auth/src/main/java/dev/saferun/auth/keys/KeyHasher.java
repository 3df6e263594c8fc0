package dev.saferun.auth.keys;

import dev.saferun.platform.SecretKeyring;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes keys under the appliance's keyring. */
@Singleton
public final class KeyHasher {

  private static final String ALGORITHM = "HmacSHA256";

  // Making and keying a Mac costs more than using it.
  private final ThreadLocal<Mac> macs;

  public KeyHasher(SecretKeyring keyring) {
    SecretKeySpec secret = new SecretKeySpec(keyring.derive("auth/api-keys/v1"), ALGORITHM);
    this.macs = ThreadLocal.withInitial(() -> mac(secret));
  }

  public KeyHash hash(String key) {
    return KeyHash.of(macs.get().doFinal(KeyText.bytes(key)));
  }

  private static Mac mac(SecretKeySpec secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac;
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("every Java has HmacSHA256", fault);
    }
  }
}
