package dev.saferun.auth.oidc;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one connection knows of its provider. One thread at a time asks the provider; those behind
 * it find the answer, or the failure, and ask no more.
 */
final class KnownProvider {

  /** A question to the provider. */
  private interface Question<T> {
    T ask() throws RefusedException;
  }

  private final String issuer;
  private final ProviderReader reader;
  private final InstantSource clock;
  private final OidcOptions options;
  private final OidcChecks checks;

  private @Nullable Aged<ProviderMetadata> metadata;
  private @Nullable Aged<KeySet> keys;
  private @Nullable Aged<OidcRefusal> failure;

  KnownProvider(
      String issuer,
      ProviderReader reader,
      InstantSource clock,
      OidcOptions options,
      OidcChecks checks) {
    this.issuer = issuer;
    this.reader = reader;
    this.clock = clock;
    this.options = options;
    this.checks = checks;
  }

  synchronized ProviderMetadata metadata() throws RefusedException {
    Instant now = clock.instant();
    if (metadata == null || !metadata.isYoungerThan(options.metadataLife(), now)) {
      metadata = new Aged<>(asked(now, () -> reader.metadata(issuer)), now);
    }
    return metadata.value();
  }

  /** The key that a token means; looks again for one that is not known, but not at once. */
  synchronized Optional<SigningKey> key(@Nullable String id, SignatureAlgorithm algorithm)
      throws RefusedException {
    Instant now = clock.instant();
    Aged<KeySet> known = keys;
    if (known == null || !isInForce(known, now)) {
      known = readKeys(now);
    }
    Optional<SigningKey> found = known.value().find(id, algorithm, checks);
    if (found.isPresent() || known.isYoungerThan(options.keysRefetch(), now)) {
      return found;
    }
    return readKeys(now).value().find(id, algorithm, checks);
  }

  private boolean isInForce(Aged<KeySet> known, Instant now) {
    return !checks.has(OidcCheck.KEYS_LIFE) || known.isYoungerThan(options.keysLife(), now);
  }

  private Aged<KeySet> readKeys(Instant now) throws RefusedException {
    ProviderMetadata current = metadata();
    KeySet read = asked(now, () -> reader.keys(current));
    Aged<KeySet> old = keys;
    boolean replaces = checks.has(OidcCheck.KEYS_REPLACED);
    Aged<KeySet> fresh = new Aged<>(old == null || replaces ? read : read.and(old.value()), now);
    keys = fresh;
    return fresh;
  }

  private <T> T asked(Instant now, Question<T> question) throws RefusedException {
    if (failure != null && failure.isYoungerThan(options.failureLife(), now)) {
      throw new RefusedException(failure.value());
    }
    try {
      return question.ask();
    } catch (RefusedException fault) {
      failure = new Aged<>(fault.refusal(), clock.instant());
      throw fault;
    }
  }
}
