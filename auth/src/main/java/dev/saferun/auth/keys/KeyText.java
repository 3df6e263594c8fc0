package dev.saferun.auth.keys;

import dev.saferun.platform.Ids;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The form of a key: {@code srk_<kind>_}, 28 random characters of base 62, six of checksum. */
public final class KeyText {

  public static final String AGENT = "srk_agent_";
  public static final String ADMIN = "srk_admin_";

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int BASE = 62;
  private static final int PREFIX_LENGTH = AGENT.length();
  private static final int RANDOM_LENGTH = 28;
  private static final int CHECKSUM_LENGTH = 6;
  private static final int BODY_LENGTH = PREFIX_LENGTH + RANDOM_LENGTH;
  public static final int LENGTH = BODY_LENGTH + CHECKSUM_LENGTH;

  private KeyText() {}

  /** A new key; {@code prefix} is one of the two above. */
  public static String random(String prefix) {
    StringBuilder key = new StringBuilder(LENGTH).append(prefix);
    while (key.length() < BODY_LENGTH) {
      for (byte random : Ids.secret(RANDOM_LENGTH)) {
        // 62 and 63 are thrown away, or the first two digits would be likelier than the others.
        int digit = random & 63;
        if (digit < BASE && key.length() < BODY_LENGTH) {
          key.append(DIGITS.charAt(digit));
        }
      }
    }
    long checksum = checksum(key);
    for (int place = CHECKSUM_LENGTH - 1; place >= 0; place--) {
      key.append(DIGITS.charAt(digit(checksum, place)));
    }
    return key.toString();
  }

  /** Whether this can be a key at all; says no to nearly everything that nobody issued. */
  public static boolean isWellFormed(String text) {
    if (text.length() != LENGTH || !(text.startsWith(AGENT) || text.startsWith(ADMIN))) {
      return false;
    }
    for (int i = PREFIX_LENGTH; i < LENGTH; i++) {
      if (DIGITS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    long checksum = checksum(text);
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      if (text.charAt(BODY_LENGTH + i) != DIGITS.charAt(digit(checksum, CHECKSUM_LENGTH - 1 - i))) {
        return false;
      }
    }
    return true;
  }

  /** Enough to tell two keys apart by eye, and no help in guessing one. */
  public static String hint(String key) {
    return key.substring(0, PREFIX_LENGTH + 4) + "…" + key.substring(LENGTH - 4);
  }

  static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.US_ASCII);
  }

  private static long checksum(CharSequence key) {
    CRC32 crc = new CRC32();
    for (int i = 0; i < BODY_LENGTH; i++) {
      crc.update(key.charAt(i));
    }
    return crc.getValue();
  }

  private static int digit(long value, int place) {
    long rest = value;
    for (int i = 0; i < place; i++) {
      rest /= BASE;
    }
    return (int) (rest % BASE);
  }
}
