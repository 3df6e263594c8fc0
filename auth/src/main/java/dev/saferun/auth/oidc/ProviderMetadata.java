package dev.saferun.auth.oidc;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of itself (OpenID Connect Discovery 3), as far as it is used here.
 *
 * @param userinfo null where it has none
 * @param endSession null where it ends no sessions on request
 * @param algorithms those of them that are known here
 * @param namesItselfInCallbacks RFC 9207
 */
record ProviderMetadata(
    URI authorization,
    URI token,
    URI keys,
    @Nullable URI userinfo,
    @Nullable URI endSession,
    Set<SignatureAlgorithm> algorithms,
    boolean namesItselfInCallbacks) {}
