package dev.saferun.platform.secrets;

import java.util.Locale;

/** What became of a question to a keeper; the text is what health and problems say of it. */
enum KeeperOutcome {
  /** It answered. */
  ANSWERED("the keeper of the secrets answers"),
  /** It runs and was not unsealed, so it can read nothing itself. */
  SEALED("the keeper of the secrets is sealed"),
  /** It did not take the connection, did not answer in time, or answered that it is broken. */
  UNREACHABLE("the keeper of the secrets does not answer"),
  /** Its certificate is signed by none of the trusted authorities, or is for another host. */
  UNTRUSTED("the certificate of the keeper of the secrets is not trusted"),
  /** It does not know the token or role, or that may not do what was asked. */
  DENIED("the keeper of the secrets denies access: token, role or policy"),
  /** It answered that what was asked makes no sense there, such as a key that it does not have. */
  REFUSED("the keeper of the secrets refuses the request: mount, key or namespace"),
  /** A wrapped key or its context was altered, or the key is of another keeper. */
  BROKEN_SEAL("a wrapped key does not open");

  private final String text;

  KeeperOutcome(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
