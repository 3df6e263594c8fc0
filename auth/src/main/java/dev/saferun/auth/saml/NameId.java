package dev.saferun.auth.saml;

import org.jspecify.annotations.Nullable;

/**
 * The name by which the identity provider knows a person.
 *
 * @param format a URI that says of which kind the value is, such as an e-mail address
 * @param nameQualifier within which the value means somebody; absent for the identity provider
 * @param serviceProviderNameQualifier for whom the value was made
 */
public record NameId(
    String value,
    @Nullable String format,
    @Nullable String nameQualifier,
    @Nullable String serviceProviderNameQualifier) {}
