package dev.saferun.auth.oidc;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a provider's description of itself. */
record MetadataReader(boolean httpOnLoopback, OidcChecks checks) {

  private static final String PATH = "/.well-known/openid-configuration";

  /** Where the description is (OpenID Connect Discovery 4). */
  String address(String issuer) throws RefusedException {
    URI location = checked(issuer);
    if (location.getRawQuery() != null) {
      throw new RefusedException(OidcRefusal.ADDRESS);
    }
    boolean endsInSlash = issuer.endsWith("/");
    return (endsInSlash ? issuer.substring(0, issuer.length() - 1) : issuer) + PATH;
  }

  ProviderMetadata read(String issuer, byte[] json) throws RefusedException {
    Members members = Members.read(json, OidcRefusal.DISCOVERY);
    checks.require(OidcCheck.DISCOVERY_ISSUER, issuer.equals(members.demandedText("issuer")));
    List<String> methods = members.texts("code_challenge_methods_supported");
    checks.require(OidcCheck.CODE_CHALLENGE, methods.isEmpty() || methods.contains("S256"));
    return new ProviderMetadata(
        demandedAddress(members, "authorization_endpoint"),
        demandedAddress(members, "token_endpoint"),
        demandedAddress(members, "jwks_uri"),
        address(members, "userinfo_endpoint"),
        address(members, "end_session_endpoint"),
        algorithms(members.texts("id_token_signing_alg_values_supported")),
        members.flag("authorization_response_iss_parameter_supported"));
  }

  private URI demandedAddress(Members members, String name) throws RefusedException {
    return checked(members.demandedText(name));
  }

  private @Nullable URI address(Members members, String name) throws RefusedException {
    String url = members.text(name);
    return url == null ? null : checked(url);
  }

  private URI checked(String url) throws RefusedException {
    checks.require(OidcCheck.ADDRESS, IdpAddress.isTaken(url, httpOnLoopback));
    try {
      return URI.create(url);
    } catch (IllegalArgumentException fault) {
      throw new RefusedException(OidcRefusal.ADDRESS);
    }
  }

  private static Set<SignatureAlgorithm> algorithms(List<String> names) {
    Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
    names.forEach(name -> SignatureAlgorithm.find(name).ifPresent(algorithms::add));
    return algorithms;
  }
}
