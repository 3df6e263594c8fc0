package dev.saferun.auth.oidc;

import java.util.Map;

/** Asks a provider for what is public of it. */
final class ProviderReader {

  private static final Map<String, String> HEADERS = Map.of("Accept", "application/json");

  private final IdpWeb web;
  private final MetadataReader metadataReader;
  private final KeySetReader keySetReader;
  private final OidcChecks checks;

  ProviderReader(IdpWeb web, boolean httpOnLoopback, OidcChecks checks) {
    this.web = web;
    this.metadataReader = new MetadataReader(httpOnLoopback, checks);
    this.keySetReader = new KeySetReader(checks);
    this.checks = checks;
  }

  ProviderMetadata metadata(String issuer) throws RefusedException {
    WebAnswer answer = get(metadataReader.address(issuer));
    checks.require(OidcCheck.ANSWER_TYPE, answer.isJson());
    return metadataReader.read(issuer, answer.body());
  }

  KeySet keys(ProviderMetadata metadata) throws RefusedException {
    return keySetReader.read(get(metadata.keys().toString()).body());
  }

  private WebAnswer get(String url) throws RefusedException {
    try {
      WebAnswer answer = web.get(url, HEADERS);
      if (!answer.isOk()) {
        throw new RefusedException(OidcRefusal.ANSWER);
      }
      return answer;
    } catch (IdpUnreachableException fault) {
      throw new RefusedException(OidcRefusal.UNREACHABLE);
    }
  }
}
