package dev.saferun.auth.oidc;

/** What a code was good for. */
record TokenAnswer(String idToken, String accessToken) {

  @Override
  public String toString() {
    return "TokenAnswer";
  }
}
