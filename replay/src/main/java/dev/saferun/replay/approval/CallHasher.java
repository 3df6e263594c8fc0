package dev.saferun.replay.approval;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.SecretKeyring;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names a call by a hash that tells nothing of it: HMAC-SHA256 over the canonical JSON (RFC 8785)
 * of tool, arguments and the decision's id, under a key of the appliance's keyring.
 *
 * <p>Arguments have little entropy (an amount, a card), so a plain hash in the evidence would give
 * back what redaction took. The key keeps guesses from everybody without the data directory; the
 * decision's id keeps the hashes of two equal calls apart, so that nobody finds out what a redacted
 * call was by having guesses checked and comparing.
 */
@Singleton
public final class CallHasher {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec callKey;
  private final SecretKeySpec claimKey;

  public CallHasher(SecretKeyring keyring) {
    this.callKey = key(keyring, "replay/approved-call/v1");
    this.claimKey = key(keyring, "replay/approval-claim/v1");
  }

  private static SecretKeySpec key(SecretKeyring keyring, String purpose) {
    return new SecretKeySpec(keyring.derive(purpose), ALGORITHM);
  }

  /**
   * The hash of a call.
   *
   * @param arguments the tree as {@code StrictJson} made it: equal values, however they were
   *     written and in whatever order, are equal calls
   */
  public byte[] call(UUID decisionId, String tool, Map<String, @Nullable Object> arguments) {
    return hmac(
        callKey,
        CanonicalJson.write(
            Map.of("arguments", arguments, "decision_id", decisionId.toString(), "tool", tool)));
  }

  /** The hash of the key by which an agent says that it claims the same thing again. */
  byte[] claim(UUID decisionId, UUID agentId, String idempotencyKey) {
    String claim = decisionId + "/" + agentId + "/" + idempotencyKey;
    return hmac(claimKey, claim.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(SecretKeySpec key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException("every Java has HmacSHA256", fault);
    }
  }
}
