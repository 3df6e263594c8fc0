package dev.saferun.auth.oidc;

import dev.saferun.platform.Secret;

/** How the appliance proves to a provider's token endpoint that it is the client. */
public sealed interface OidcClientAuthentication {

  /** {@code client_secret_basic}: in the header, what a provider must offer. */
  record SecretBasic(Secret secret) implements OidcClientAuthentication {}

  /** {@code client_secret_post}: in the form. */
  record SecretPost(Secret secret) implements OidcClientAuthentication {}

  /** {@code none}: a public client. PKCE alone binds the code to the one who asked for it. */
  record None() implements OidcClientAuthentication {}
}
