package dev.saferun.redaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a text what must not be kept, in one pass from left to right: each character is tested
 * once for whether anything can begin there, and only then is a detector asked. The time is linear
 * in the length, whatever the text.
 */
final class TextScanner {

  /** A part of a text, from {@code start} to before {@code end}, and the class of what it is. */
  record Finding(String dataClass, int start, int end) {}

  /** Nothing shorter is found, which spares most names and many values. */
  private static final int LENGTH_MIN = Math.min(CardNumbers.DIGITS_MIN, SecretForms.lengthMin());

  private static final int IN_WORD = 1;
  private static final int AT_WORD_START = 2;
  private static final int ANYWHERE = IN_WORD | AT_WORD_START;

  /** By byte: at which of these places something may begin with it. */
  private static final byte[] STARTS = starts();

  /** By byte: at which of these places the next one stands. */
  private static final byte[] PLACES_AFTER = placesAfter();

  private final String text;
  private final byte[] bytes;
  private final boolean hasEscapes;
  private @Nullable List<Finding> found;

  private TextScanner(String text) {
    this.text = text;
    bytes = Ascii.of(text);
    hasEscapes = text.indexOf('%') >= 0;
  }

  /** All findings in order; they do not overlap. */
  static List<Finding> find(String text) {
    return text.length() < LENGTH_MIN ? List.of() : new TextScanner(text).find();
  }

  private List<Finding> find() {
    for (int at = nextStart(0); at < bytes.length; at = nextStart(at)) {
      at = Ascii.isDigit(bytes[at]) ? afterCardOrDigits(at) : afterSecretOrCharacter(at);
    }
    return found == null ? List.of() : found;
  }

  /**
   * The first place from one on where something may begin; the length when there is none. In texts
   * with a percent sign each place counts as the start of a word: the sign may open a URL's escape,
   * whose digits are no part of a word.
   */
  private int nextStart(int from) {
    int any = hasEscapes ? ANYWHERE : 0;
    int place = from == 0 ? ANYWHERE : PLACES_AFTER[bytes[from - 1] & 0xFF];
    for (int at = from; at < bytes.length; at++) {
      int c = bytes[at] & 0xFF;
      if ((STARTS[c] & (place | any)) != 0) {
        return at;
      }
      place = PLACES_AFTER[c];
    }
    return bytes.length;
  }

  private int afterCardOrDigits(int at) {
    int end = CardNumbers.endOfCard(bytes, at);
    if (end > at) {
      add(new Finding(Detector.CARD_NUMBER.dataClass(), at, end));
      return end;
    }
    while (end < bytes.length && Ascii.isDigit(bytes[end])) {
      end++;
    }
    return end;
  }

  private int afterSecretOrCharacter(int at) {
    long span = SecretForms.find(text, bytes, at);
    if (span == SecretForms.NOTHING) {
      return at + 1;
    }
    int end = SecretForms.endOf(span);
    add(new Finding(Detector.SECRET.dataClass(), SecretForms.startOf(span), end));
    return end;
  }

  private void add(Finding finding) {
    List<Finding> list = found == null ? new ArrayList<>() : found;
    list.add(finding);
    found = list;
  }

  private static byte[] starts() {
    byte[] starts = new byte[256];
    for (char c = 0; c < 128; c++) {
      if (c == SecretForms.KEY_BLOCK_FIRST || Ascii.isDigit((byte) c)) {
        starts[c] = ANYWHERE;
      } else if (SecretForms.mayStartWord(c)) {
        starts[c] = AT_WORD_START;
      }
    }
    return starts;
  }

  private static byte[] placesAfter() {
    byte[] places = new byte[256];
    for (int c = 0; c < places.length; c++) {
      places[c] = (byte) (Ascii.isLetterOrDigit((byte) c) ? IN_WORD : AT_WORD_START);
    }
    return places;
  }
}
