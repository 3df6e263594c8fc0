package dev.saferun.auth.oidc;

/**
 * A token whose signature is its provider's. Its claims are what the provider said, to whomever.
 */
record VerifiedToken(SignatureAlgorithm algorithm, Members claims) {}
