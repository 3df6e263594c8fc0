package dev.saferun.auth.signin;

import dev.saferun.auth.oidc.OidcClaimNames;
import dev.saferun.auth.oidc.OidcClientAuthentication;
import dev.saferun.auth.oidc.OidcConnection;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of a connection by OpenID Connect. */
record OidcSettings(
    String issuer,
    String clientId,
    String authentication,
    List<String> scopes,
    OidcClaimNames claims,
    int clockSkewSeconds,
    Optional<Integer> maxAgeSeconds,
    List<String> acrValues,
    boolean userinfo) {

  static final String CLIENT_SECRET = "client_secret";

  private static final String BASIC = "client_secret_basic";
  private static final String POST = "client_secret_post";
  private static final String NONE = "none";

  private static final String[] KNOWN = {
    "issuer",
    "client_id",
    "authentication",
    "scopes",
    "claims",
    "clock_skew_seconds",
    "max_age_seconds",
    "acr_values",
    "userinfo"
  };

  private static final int TEXT_CHARACTERS_MAX = 500;
  private static final int TEXTS_MAX = 20;
  private static final int SKEW_SECONDS_MAX = 300;
  private static final int AGE_SECONDS_MAX = 365 * 24 * 3600;

  static OidcSettings read(Map<String, @Nullable Object> settings) {
    BodyFields fields = Parts.of(settings, KNOWN);
    OidcClaimNames usual = OidcClaimNames.defaults();
    Optional<BodyFields> claims = fields.object("claims", "email", "name", "groups");
    return new OidcSettings(
        required(fields, "issuer"),
        required(fields, "client_id"),
        fields
            .choice("authentication", new String[] {BASIC, POST, NONE}, name -> name)
            .orElse(BASIC),
        fields
            .texts("scopes", TEXTS_MAX, TEXT_CHARACTERS_MAX)
            .orElse(List.of("openid", "email", "profile")),
        new OidcClaimNames(
            claim(claims, "email", usual.email()),
            claim(claims, "name", usual.name()),
            claim(claims, "groups", usual.groups())),
        fields.whole("clock_skew_seconds", 0, SKEW_SECONDS_MAX).orElse(60),
        fields.whole("max_age_seconds", 0, AGE_SECONDS_MAX),
        fields.texts("acr_values", TEXTS_MAX, TEXT_CHARACTERS_MAX).orElse(List.of()),
        fields.truth("userinfo").orElse(false));
  }

  private static String required(BodyFields fields, String name) {
    return fields
        .text(name, TEXT_CHARACTERS_MAX)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> fields.absent(name));
  }

  private static String claim(Optional<BodyFields> claims, String name, String usual) {
    return claims.flatMap(all -> all.text(name, TEXT_CHARACTERS_MAX)).orElse(usual);
  }

  /** As it is kept and shown. */
  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("issuer", issuer);
    json.put("client_id", clientId);
    json.put("authentication", authentication);
    json.put("scopes", scopes);
    json.put(
        "claims",
        Map.of("email", claims.email(), "name", claims.name(), "groups", claims.groups()));
    json.put("clock_skew_seconds", (long) clockSkewSeconds);
    maxAgeSeconds.ifPresent(seconds -> json.put("max_age_seconds", (long) seconds));
    json.put("acr_values", acrValues);
    json.put("userinfo", userinfo);
    return json;
  }

  boolean needsSecret() {
    return !authentication.equals(NONE);
  }

  OidcConnection connection(
      Connection connection, Map<String, String> secrets, SignInAddresses addresses) {
    return new OidcConnection(
        connection.id(),
        issuer,
        clientId,
        authentication(secrets),
        scopes,
        addresses.callback(connection),
        addresses.page(),
        claims,
        Duration.ofSeconds(clockSkewSeconds),
        maxAgeSeconds.map(Duration::ofSeconds).orElse(null),
        acrValues,
        userinfo);
  }

  private OidcClientAuthentication authentication(Map<String, String> secrets) {
    if (!needsSecret()) {
      return new OidcClientAuthentication.None();
    }
    Secret secret = Secret.of(secrets.getOrDefault(CLIENT_SECRET, ""));
    return authentication.equals(POST)
        ? new OidcClientAuthentication.SecretPost(secret)
        : new OidcClientAuthentication.SecretBasic(secret);
  }
}
