package dev.saferun.auth.oidc;

import java.time.Duration;

/**
 * How long things are good for.
 *
 * @param metadataLife how long what a provider says of itself is used
 * @param keysLife how long its keys are used; one that it withdrew opens nothing for longer
 * @param keysRefetch how soon after a look at the keys an unknown one makes us look again
 * @param failureLife how long a provider that did not answer is not asked again
 * @param flowLife how long a person may take to log in
 * @param logoutTokenLife how long after it was issued a logout token is taken, and so how long its
 *     id must be remembered
 * @param httpOnLoopback whether a provider on this very machine may be called without TLS; for
 *     development
 */
public record OidcOptions(
    Duration metadataLife,
    Duration keysLife,
    Duration keysRefetch,
    Duration failureLife,
    Duration flowLife,
    Duration logoutTokenLife,
    boolean httpOnLoopback) {

  public static OidcOptions defaults() {
    return new OidcOptions(
        Duration.ofHours(1),
        Duration.ofMinutes(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(5),
        false);
  }
}
