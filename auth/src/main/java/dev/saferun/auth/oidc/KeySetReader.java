package dev.saferun.auth.oidc;

import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a JSON Web Key Set (RFC 7517 5). Keys that are of no use here are left out. */
record KeySetReader(OidcChecks checks) {

  static final int KEYS_MAX = 64;

  KeySet read(byte[] json) throws RefusedException {
    List<?> entries = Members.read(json, OidcRefusal.KEYS).demandedList("keys");
    if (entries.size() > KEYS_MAX) {
      throw new RefusedException(OidcRefusal.KEYS);
    }
    List<SigningKey> keys = new ArrayList<>();
    for (Object entry : entries) {
      key(entry).ifPresent(keys::add);
    }
    return new KeySet(keys);
  }

  private Optional<SigningKey> key(@Nullable Object entry) throws RefusedException {
    if (!(entry instanceof Map<?, ?> members)) {
      throw new RefusedException(OidcRefusal.KEYS);
    }
    Map<String, @Nullable Object> copy = new HashMap<>();
    members.forEach((name, value) -> copy.put((String) name, value));
    try {
      return SigningKey.of(JWK.parse(copy), checks);
    } catch (ParseException | IllegalArgumentException unknown) {
      // RFC 7517 5: a set may hold keys of kinds that a reader does not know.
      return Optional.empty();
    }
  }
}
