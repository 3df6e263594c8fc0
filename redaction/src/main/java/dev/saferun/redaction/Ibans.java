package dev.saferun.redaction;

import java.util.HashMap;
import java.util.Map;

/**
 * International bank account numbers (ISO 13616): two letters of a country that uses them, two
 * check digits, as many characters as that country's numbers have, and the remainder 1 by 97. They
 * are found without spaces, and in groups with one space or hyphen between.
 */
final class Ibans {

  private static final String LENGTHS =
      "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27"
          + " DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21"
          + " HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27"
          + " MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24"
          + " RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22"
          + " VG24 XK20 YE30";

  /** The first four characters move to the end; two letters and two digits are six digits. */
  private static final int HEAD_SHIFT = 1_000_000 % 97;

  /** By the two letters as a number of base 26; 0 where there is no such country. */
  private static final byte[] LENGTH_BY_COUNTRY = lengths();

  private Ibans() {}

  /** The end of the number that begins at a word's start; {@code start} when there is none. */
  static int endAt(byte[] text, int start) {
    if (!Ascii.isDigit(Ascii.at(text, start + 2)) || !Ascii.isDigit(Ascii.at(text, start + 3))) {
      return start;
    }
    int length = length(text, start);
    return length == 0 ? start : end(text, start, length);
  }

  private static int length(byte[] text, int start) {
    byte first = Ascii.lower(text[start]);
    byte second = Ascii.lower(text[start + 1]);
    boolean letters = Ascii.isLetter(first) && Ascii.isLetter(second);
    return letters ? LENGTH_BY_COUNTRY[(first - 'a') * 26 + second - 'a'] : 0;
  }

  private static int end(byte[] text, int start, int length) {
    int seen = 0;
    int at = start;
    int head = 0;
    int rest = 0;
    while (seen < length) {
      byte c = Ascii.at(text, at);
      if (isJoint(c) && seen % 2 == 0 && Ascii.isLetterOrDigit(Ascii.at(text, at - 1))) {
        at++;
        continue;
      }
      if (!Ascii.isLetterOrDigit(c)) {
        return start;
      }
      if (seen < 4) {
        head = append(head, c);
      } else {
        rest = append(rest, c);
      }
      seen++;
      at++;
    }
    boolean isWhole = !Ascii.isLetterOrDigit(Ascii.at(text, at));
    return isWhole && (rest * HEAD_SHIFT + head) % 97 == 1 ? at : start;
  }

  private static boolean isJoint(byte c) {
    return c == ' ' || c == '-';
  }

  private static int append(int remainder, byte c) {
    int value = Ascii.isDigit(c) ? c - '0' : Ascii.lower(c) - 'a' + 10;
    return (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }

  private static byte[] lengths() {
    Map<String, Byte> known = new HashMap<>();
    for (String country : LENGTHS.split(" ", -1)) {
      known.put(country.substring(0, 2), Byte.valueOf(country.substring(2)));
    }
    byte[] lengths = new byte[26 * 26];
    known.forEach(
        (name, length) -> lengths[(name.charAt(0) - 'A') * 26 + name.charAt(1) - 'A'] = length);
    return lengths;
  }
}
