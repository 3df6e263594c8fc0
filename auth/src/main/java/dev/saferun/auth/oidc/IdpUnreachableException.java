package dev.saferun.auth.oidc;

/**
 * No whole answer came: the address is not allowed or takes no connection, TLS failed, the time was
 * over, or the answer was longer than the limit.
 */
public final class IdpUnreachableException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param message for the person who mends it; static, without addresses and secrets
   */
  public IdpUnreachableException(String message) {
    super(message);
  }

  public IdpUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
