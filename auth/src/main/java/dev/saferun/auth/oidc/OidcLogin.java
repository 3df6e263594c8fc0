package dev.saferun.auth.oidc;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who logged in, as the provider says it. The issuer and the subject together are the person; all
 * else may change, and may be taken over by someone else.
 *
 * @param isEmailVerified whether the provider vouches for the address; false where it is silent
 * @param groups in the provider's order, each once
 * @param sessionId the provider's name for the session, by which it may end it, or null
 * @param authenticatedAt when the person proved who they are, or null
 * @param acr how well they proved it, or null
 * @param idToken the token itself, as a hint for {@link OidcLogout#endSessionUrl}; it names the
 *     person and is no proof of anything any more
 */
public record OidcLogin(
    String issuer,
    String subject,
    @Nullable String email,
    boolean isEmailVerified,
    @Nullable String name,
    List<String> groups,
    @Nullable String sessionId,
    @Nullable Instant authenticatedAt,
    @Nullable String acr,
    String idToken) {

  public OidcLogin {
    groups = List.copyOf(groups);
  }

  /** Not what it tells of the person. */
  @Override
  public String toString() {
    return "OidcLogin[" + issuer + ", " + subject + "]";
  }
}
