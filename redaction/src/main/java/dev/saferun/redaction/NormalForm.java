package dev.saferun.redaction;

/** One way to write a value, so that it has one token however it was written. */
final class NormalForm {

  private NormalForm() {}

  static String of(String dataClass, String found) {
    return dataClass.equals(Detector.CARD_NUMBER.dataClass()) ? digits(found) : found;
  }

  private static String digits(String text) {
    StringBuilder digits = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      }
    }
    return digits.toString();
  }
}
