package dev.saferun.auth.oidc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a provider sent back by way of a browser, which may be anybody's words. */
record Callback(
    @Nullable String state,
    @Nullable String issuer,
    @Nullable String code,
    @Nullable String error,
    @Nullable String errorDescription) {

  private static final int CHARACTERS_MAX = 8 << 10;

  /**
   * @param parameters of the query, decoded; names that are not known are passed over
   */
  static Callback read(Map<String, List<String>> parameters, OidcChecks checks)
      throws RefusedException {
    return new Callback(
        one(parameters, "state", checks),
        one(parameters, "iss", checks),
        one(parameters, "code", checks),
        one(parameters, "error", checks),
        one(parameters, "error_description", checks));
  }

  private static @Nullable String one(
      Map<String, List<String>> parameters, String name, OidcChecks checks)
      throws RefusedException {
    List<String> values = parameters.getOrDefault(name, List.of());
    checks.require(OidcCheck.PARAMETER_TWICE, values.size() <= 1);
    String first = values.isEmpty() ? null : values.getFirst();
    if (first != null && first.length() > CHARACTERS_MAX) {
      throw new RefusedException(OidcRefusal.CODE);
    }
    return first;
  }

  /** The code, where all the rest says that it is this provider's answer to this flow. */
  String code(OidcConnection connection, OidcFlow flow, KnownProvider provider, OidcChecks checks)
      throws RefusedException {
    checks.require(OidcCheck.STATE, state != null && Texts.areEqual(state, flow.state()));
    checks.require(OidcCheck.RESPONSE_ISSUER, isBy(connection, provider.metadata()));
    if (error != null) {
      throw new RefusedException(
          OidcRefusal.LOGIN_DENIED, ProviderWords.of(error, errorDescription, connection));
    }
    if (code == null || code.isBlank()) {
      throw new RefusedException(OidcRefusal.CODE);
    }
    return code;
  }

  /** One that names itself is held to it, also where it did not say that it would. */
  private boolean isBy(OidcConnection connection, ProviderMetadata metadata) {
    return issuer == null ? !metadata.namesItselfInCallbacks() : issuer.equals(connection.issuer());
  }
}
