package dev.saferun.auth.oidc;

import java.net.URI;

/** Turns a code into tokens, once: a code that failed is not tried again. */
record TokenEndpoint(IdpWeb web, OidcChecks checks) {

  TokenAnswer exchange(OidcConnection connection, URI endpoint, OidcFlow flow, String code)
      throws RefusedException {
    WebAnswer answer = post(CodeRequest.of(connection, endpoint, flow, code, checks));
    if (!answer.isOk()) {
      throw new RefusedException(OidcRefusal.CODE_DENIED, words(answer, connection));
    }
    checks.require(OidcCheck.ANSWER_TYPE, answer.isJson());
    return read(Members.read(answer.body(), OidcRefusal.TOKEN_ANSWER));
  }

  private WebAnswer post(CodeRequest request) throws RefusedException {
    try {
      return web.post(request.url(), request.headers(), request.body());
    } catch (IdpUnreachableException fault) {
      throw new RefusedException(OidcRefusal.UNREACHABLE);
    }
  }

  /** RFC 6749 5.2; whatever else comes says nothing. */
  private static String words(WebAnswer answer, OidcConnection connection) {
    if (!answer.isJson()) {
      return "";
    }
    try {
      Members members = Members.read(answer.body(), OidcRefusal.TOKEN_ANSWER);
      return ProviderWords.of(
          members.demandedText("error"), members.text("error_description"), connection);
    } catch (RefusedException malformed) {
      return "";
    }
  }

  /** OpenID Connect Core 3.1.3.3. */
  private TokenAnswer read(Members members) throws RefusedException {
    String type = members.text("token_type");
    checks.require(OidcCheck.ACCESS_TOKEN_TYPE, "bearer".equalsIgnoreCase(type));
    return new TokenAnswer(members.demandedText("id_token"), members.demandedText("access_token"));
  }
}
