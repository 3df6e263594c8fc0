package dev.saferun.audit.note;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text with signatures below it: the text's lines, an empty line, and for each signature a line
 * {@code — name base64(hash of the key, signature)}.
 */
final class SignedNote {

  static final String DASH = "\u2014 ";

  private static final String BETWEEN = "\n\n";

  private SignedNote() {}

  /**
   * @param text lines, each with its line feed
   */
  static String sign(String text, SigningKey key) {
    return text + "\n" + key.line(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The text of a note that bears this key's signature. Signatures of others, such as witnesses,
   * may stand beside it.
   *
   * @throws IllegalArgumentException with the reason, where it is no note or the signature is
   *     missing or false
   */
  static String open(String note, VerifierKey key) {
    int between = note.lastIndexOf(BETWEEN);
    if (between < 0 || !note.endsWith("\n")) {
      throw new IllegalArgumentException("it is not a signed note");
    }
    String text = note.substring(0, between + 1);
    boolean signed = false;
    for (String line : note.substring(between + BETWEEN.length()).lines().toList()) {
      signed |= isSignedBy(key, text, line);
    }
    if (!signed) {
      throw new IllegalArgumentException("it is not signed by " + key.name());
    }
    return text;
  }

  private static boolean isSignedBy(VerifierKey key, String text, String line) {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space < DASH.length()) {
      throw new IllegalArgumentException("a line below it is not that of a signature");
    }
    byte[] value = Base64Text.read(line.substring(space + 1));
    if (!line.substring(DASH.length(), space).equals(key.name())
        || value.length < VerifierKey.HASH_BYTES
        || !Arrays.equals(key.hash(), Arrays.copyOf(value, VerifierKey.HASH_BYTES))) {
      return false;
    }
    if (!key.verifies(
        text.getBytes(StandardCharsets.UTF_8),
        Arrays.copyOfRange(value, VerifierKey.HASH_BYTES, value.length))) {
      throw new IllegalArgumentException("the signature of " + key.name() + " is false");
    }
    return true;
  }
}
