package dev.saferun.auth.oidc;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of a provider that something can be verified with. */
record KeySet(List<SigningKey> keys) {

  KeySet {
    keys = keys.stream().distinct().toList();
  }

  /**
   * The one key that a token means; empty where there is none, and where there are several.
   *
   * @param id as the token names it, or null where the provider has but one key for the algorithm
   */
  Optional<SigningKey> find(@Nullable String id, SignatureAlgorithm algorithm, OidcChecks checks) {
    List<SigningKey> suited = keys.stream().filter(key -> key.suits(algorithm, checks)).toList();
    List<SigningKey> named =
        id == null || !checks.has(OidcCheck.KEY_ID)
            ? suited
            : suited.stream().filter(key -> id.equals(key.id())).toList();
    return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
  }

  /** For the tests: what happens where an old key is not forgotten. */
  KeySet and(KeySet others) {
    return new KeySet(Stream.concat(keys.stream(), others.keys.stream()).toList());
  }
}
