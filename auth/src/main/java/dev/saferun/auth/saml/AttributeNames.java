package dev.saferun.auth.saml;

import org.jspecify.annotations.Nullable;

/**
 * Under which names the identity provider sends what is of interest. An absent name means that it
 * does not send that.
 */
public record AttributeNames(
    @Nullable String email, @Nullable String displayName, @Nullable String groups) {}
