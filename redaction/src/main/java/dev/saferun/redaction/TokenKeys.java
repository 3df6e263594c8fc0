package dev.saferun.redaction;

import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * Gives out the keys that tokens are made with. The same organization and class must get the same
 * key for ever, or equal values stop having equal tokens; two of either must never share one. It is
 * asked on the way of every check, so it answers from memory.
 */
@FunctionalInterface
public interface TokenKeys {

  /** The HMAC-SHA256 key of this organization for values of this class. */
  SecretKey key(UUID organizationId, String dataClass);
}
