package dev.saferun.auth.oidc;

import dev.saferun.platform.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of an error, as it may be shown: a few printable characters, without the
 * client's secret, which a careless provider repeats.
 */
final class ProviderWords {

  private static final int CHARACTERS_MAX = 200;

  private ProviderWords() {}

  static String of(String error, @Nullable String description, OidcConnection connection) {
    String said = description == null ? error : error + ": " + description;
    String clean =
        withoutSecret(said, connection.authentication()).replaceAll("[^\\x21-\\x7E]+", " ").strip();
    return clean.length() <= CHARACTERS_MAX ? clean : clean.substring(0, CHARACTERS_MAX) + "...";
  }

  private static String withoutSecret(String said, OidcClientAuthentication authentication) {
    return switch (authentication) {
      case OidcClientAuthentication.SecretBasic basic -> without(said, basic.secret());
      case OidcClientAuthentication.SecretPost post -> without(said, post.secret());
      case OidcClientAuthentication.None none -> said;
    };
  }

  private static String without(String said, Secret secret) {
    String revealed = secret.reveal();
    return revealed.isBlank() ? said : said.replace(revealed, "[REDACTED]");
  }
}
