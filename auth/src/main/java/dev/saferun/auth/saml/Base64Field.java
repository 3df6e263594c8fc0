package dev.saferun.auth.saml;

import java.util.Base64;

/** Base64 as a form brings it: with the line breaks that some senders put in, else one spelling. */
final class Base64Field {

  private Base64Field() {}

  static byte[] decode(String text, Checks checks) throws RefusedException {
    checks.demand(SamlCheck.SIZE, text.length() <= SamlLimits.MESSAGE_BYTES_MAX / 3 * 4 + 4);
    String line = text.replace("\r", "").replace("\n", "");
    byte[] bytes = strict(line);
    checks.demand(SamlCheck.BASE64, bytes.length > 0);
    return bytes.length > 0 ? bytes : lenient(line);
  }

  /** Empty for what is not the one spelling of its bytes. */
  private static byte[] strict(String line) {
    try {
      byte[] bytes = Base64.getDecoder().decode(line);
      return Base64.getEncoder().encodeToString(bytes).equals(line) ? bytes : new byte[0];
    } catch (IllegalArgumentException fault) {
      return new byte[0];
    }
  }

  private static byte[] lenient(String line) throws RefusedException {
    try {
      return Base64.getMimeDecoder().decode(line);
    } catch (IllegalArgumentException fault) {
      throw new RefusedException(SamlCheck.BASE64.refusal(), SamlCheck.BASE64.text());
    }
  }
}
