package dev.saferun.redaction;

import java.util.Locale;

/** One way to write a value, so that it has one token however it was written. */
final class NormalForm {

  private NormalForm() {}

  static String of(String dataClass, String found) {
    Escapes escapes = Escapes.undone(found);
    String plain = escapes == null ? found : escapes.plain();
    return switch (dataClass) {
      case "card_number", "us_ssn" -> digitsOrAsFound(plain);
      case "iban", "national_id" ->
          isEncoded(plain) ? found : lettersAndDigits(plain).toUpperCase(Locale.ROOT);
      case "email" -> plain.indexOf('@') < 0 ? found : plain.toLowerCase(Locale.ROOT);
      case "ip" -> isEncoded(plain) ? found : plain.toLowerCase(Locale.ROOT);
      case "phone" -> phone(plain);
      default -> found;
    };
  }

  /** Letters of both cases are a run of base64 that hides a value, not a value. */
  private static boolean isEncoded(String text) {
    return text.chars().anyMatch(Character::isUpperCase)
        && text.chars().anyMatch(Character::isLowerCase);
  }

  /** As E.164 writes it where that is known, and its digits where it is not. */
  private static String phone(String found) {
    String number = PhoneNumbers.international(found);
    return number == null ? digitsOrAsFound(found) : number;
  }

  /** A run of base64 that hides a number has no digits of that number. */
  private static String digitsOrAsFound(String text) {
    return text.chars().noneMatch(Character::isLetter) ? digits(text) : text;
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

  private static String lettersAndDigits(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.chars().filter(Character::isLetterOrDigit).forEach(c -> kept.append((char) c));
    return kept.toString();
  }
}
