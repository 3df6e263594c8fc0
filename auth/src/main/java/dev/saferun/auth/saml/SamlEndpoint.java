package dev.saferun.auth.saml;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where the identity provider takes messages.
 *
 * @param location an absolute URL of http or https, without user and fragment
 * @param answerLocation where answers go, when it is another place than that for requests
 */
public record SamlEndpoint(SamlBinding binding, String location, @Nullable String answerLocation) {

  private static final int CHARACTERS_MAX = 2_000;

  public SamlEndpoint {
    if (!isUrl(location) || (answerLocation != null && !isUrl(answerLocation))) {
      throw new IllegalArgumentException("a location must be an absolute URL of http or https");
    }
  }

  public SamlEndpoint(SamlBinding binding, String location) {
    this(binding, location, null);
  }

  /** Where an answer goes. */
  public String answersTo() {
    return answerLocation == null ? location : answerLocation;
  }

  static boolean isUrl(String text) {
    if (text.length() > CHARACTERS_MAX) {
      return false;
    }
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      return ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException fault) {
      return false;
    }
  }
}
