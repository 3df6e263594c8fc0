package dev.saferun.evaluator.texts;

import java.text.Normalizer;

/** Letters without their accents, looked up once for each letter of the Latin and Greek blocks. */
final class Accents {

  private static final int FIRST = 0xC0;
  private static final int LAST = 0x24F;
  private static final char[] PLAIN = new char[LAST - FIRST + 1];

  static {
    for (int letter = FIRST; letter <= LAST; letter++) {
      String apart = Normalizer.normalize(String.valueOf((char) letter), Normalizer.Form.NFD);
      PLAIN[letter - FIRST] = apart.charAt(0);
    }
  }

  private Accents() {}

  static char without(char letter) {
    return letter >= FIRST && letter <= LAST ? PLAIN[letter - FIRST] : letter;
  }
}
