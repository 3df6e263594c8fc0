package dev.saferun.auth;

/** A key at the one moment when it can be read; afterwards only its hash exists. */
public record IssuedKey(ApiKey key, String secret) {

  /** Without the secret, for logs. */
  @Override
  public String toString() {
    return "IssuedKey[" + key.id() + "]";
  }
}
