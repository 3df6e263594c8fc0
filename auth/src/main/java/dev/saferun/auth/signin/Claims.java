package dev.saferun.auth.signin;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an identity provider says of the person who signed in, verified.
 *
 * @param subject who it is; the only field that says so
 * @param emailVerified whether the provider vouches for the address
 * @param groups null where the provider says nothing of groups
 * @param providerSession what the provider calls its session; for its logout
 * @param logoutHint what the provider is shown at the sign-out: an ID token, or a name
 */
public record Claims(
    String subject,
    @Nullable String email,
    boolean emailVerified,
    @Nullable String name,
    @Nullable Set<String> groups,
    @Nullable String providerSession,
    @Nullable String logoutHint) {

  /** Not what it tells of the person. */
  @Override
  public String toString() {
    return "Claims[]";
  }
}
