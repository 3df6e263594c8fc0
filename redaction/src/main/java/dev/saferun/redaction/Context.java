package dev.saferun.redaction;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the words before a number say that it is. The nearest word that says anything holds; it is
 * looked for in a bounded number of characters, and only for numbers that already have the form.
 */
enum Context {
  CARD("card cc credit debit visa mastercard amex maestro pan"),
  SSN("ssn ssns social socsec"),
  ITIN("itin"),
  TAX("tax tin steuer steuerid steuernummer steueridentifikationsnummer idnr taxpayer fiscal"),
  NHS("nhs"),
  BSN("bsn burgerservicenummer sofi sofinummer"),
  SIN("sin insurance nas"),
  CPF("cpf"),
  AADHAAR("aadhaar aadhar adhaar uid uidai"),
  PERSON("personnummer pesel dni nie nir national identity personal hetu nino citizen"),
  PHONE(
      "phone phones telephone telefon telefono tel mobile mob cell cellphone cellular fax whatsapp"
          + " handy handynummer rufnummer msisdn landline hotline phonenumber mobilenumber"),
  CALL(
      "call called calling dial ring text sms answering messages message registered reach contact"
          + " pager callback"),
  /** Words that name a telephone only as its label, or behind it. */
  LABEL("desk office home work");

  private static final int WINDOW = 40;
  private static final int WINDOW_AFTER = 12;
  private static final Map<String, Context> BY_WORD = byWord();

  private final String words;

  Context(String words) {
    this.words = words;
  }

  /** What the nearest telling word before a place says. */
  static @Nullable Context before(byte[] text, int at) {
    int limit = Math.max(0, at - WINDOW);
    int end = at;
    while (end > limit) {
      while (end > limit && !Ascii.isLetter(text[end - 1])) {
        end--;
      }
      int start = end;
      while (start > limit && Ascii.isLetter(text[start - 1])) {
        start--;
      }
      boolean isWord = !Ascii.isDigit(Ascii.at(text, start - 1));
      Context context = isWord ? ofWord(text, start, end) : null;
      if (context != null) {
        return context;
      }
      end = start;
    }
    return null;
  }

  /** What the first word after a place says: {@code 555 0100 (mobile)}. */
  static @Nullable Context after(byte[] text, int at) {
    int limit = Math.min(text.length, at + WINDOW_AFTER);
    int start = at;
    while (start < limit && isBetween(text[start])) {
      start++;
    }
    int end = start;
    while (end < limit && Ascii.isLetter(text[end])) {
      end++;
    }
    return end < text.length && text[end] == ':' ? null : ofWord(text, start, end);
  }

  private static boolean isBetween(byte c) {
    return c == ' ' || c == '-' || c == '(' || c == '[';
  }

  /** A word of several, such as {@code taxId}, counts by the last of them that tells. */
  private static @Nullable Context ofWord(byte[] text, int start, int end) {
    if (start == end) {
      return null;
    }
    String word = Ascii.text(text, start, end);
    Context whole = BY_WORD.get(word.toLowerCase(Locale.ROOT));
    int hump = end - 1;
    while (whole == null && hump > start) {
      if (Ascii.isUpper(text[hump]) && Ascii.isLower(text[hump - 1])) {
        return ofHumps(text, start, hump, end);
      }
      hump--;
    }
    return whole;
  }

  private static @Nullable Context ofHumps(byte[] text, int start, int hump, int end) {
    Context last = BY_WORD.get(Ascii.text(text, hump, end).toLowerCase(Locale.ROOT));
    return last == null ? ofWord(text, start, hump) : last;
  }

  private static Map<String, Context> byWord() {
    Map<String, Context> contexts = new HashMap<>();
    for (Context context : values()) {
      for (String word : context.words.split(" ", -1)) {
        contexts.put(word, context);
      }
    }
    return contexts;
  }
}
