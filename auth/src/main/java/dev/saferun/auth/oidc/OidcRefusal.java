package dev.saferun.auth.oidc;

/**
 * Why a provider, a callback or a token was refused. The texts are whole and hold nothing of what
 * was sent.
 */
public enum OidcRefusal {
  UNREACHABLE(
      "the provider cannot be reached or is not allowed, or it gave no whole answer in time"),
  ANSWER("the provider's answer is not one of the protocol"),
  ADDRESS("an address of the provider is no https URL of a plain form"),
  DISCOVERY_ISSUER("the provider calls itself by another issuer than the connection's"),
  DISCOVERY("the provider's description of itself lacks something or is malformed"),
  CODE_CHALLENGE("the provider does not take PKCE code challenges with S256"),
  KEYS("the provider's set of keys is malformed or too large"),
  FLOW_CONNECTION("the login was begun with another connection, or with other settings of it"),
  FLOW_AGE("the login took too long"),
  PARAMETER_TWICE("a parameter of the callback stands there twice"),
  STATE("the callback does not belong to the login that was begun"),
  RESPONSE_ISSUER("the callback does not name this provider as its issuer"),
  LOGIN_DENIED("the provider did not log the person in"),
  CODE("the callback holds no code"),
  CODE_DENIED("the provider did not take the code"),
  TOKEN_ANSWER("the answer of the token endpoint lacks something or is malformed"),
  TOKEN_FORM("the token is no plain signed token, or a claim has another type than it must have"),
  TOKEN_KIND("the token says that it is one of another kind"),
  ALGORITHM("the token is signed with an algorithm that is not taken"),
  KEY("the key of the token's signature is not among the provider's keys for it"),
  SIGNATURE("the signature of the token is wrong"),
  ISSUER("the token is of another issuer"),
  AUDIENCE("the token is not for this client"),
  AUTHORIZED_PARTY("the token was given to another client"),
  EXPIRY("the token has expired or does not say when it does"),
  NOT_BEFORE("the token is not valid yet"),
  ISSUED_AT("the token was issued in the future or does not say when"),
  SUBJECT("the token names no subject of a plain form"),
  NONCE("the token was not made for this login"),
  ACCESS_TOKEN_HASH("the access token is not the one that the ID token was made with"),
  CODE_HASH("the code is not the one that the ID token was made with"),
  AUTHENTICATION_AGE("the person proved who they are too long ago, or it is not said when"),
  AUTHENTICATION_CONTEXT("the person did not prove who they are in the way that is demanded"),
  USERINFO("the answer of the userinfo endpoint is malformed, or there is no such endpoint"),
  USERINFO_SUBJECT("the userinfo endpoint tells of somebody else"),
  LOGOUT_EVENT("the token is not one that ends sessions"),
  LOGOUT_NONCE("the token is an ID token, not one that ends sessions"),
  LOGOUT_ID("the token has no id, so a replay could not be told"),
  LOGOUT_SUBJECT("the token names neither a subject nor a session"),
  LOGOUT_AGE("the token was issued too long ago");

  private final String text;

  OidcRefusal(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
