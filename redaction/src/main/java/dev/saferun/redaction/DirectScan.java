package dev.saferun.redaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a text from left to right: each character is tested once for whether anything can
 * begin there, or stand around it, and only then are detectors asked. Each of them looks at a
 * bounded number of characters, or goes on to the end of what it found.
 */
final class DirectScan {

  private static final int IN_WORD = 1;
  private static final int AT_WORD_START = 2;
  private static final int ANYWHERE = IN_WORD | AT_WORD_START;

  /** Marks that a detector starts from, wherever they stand. */
  private static final String MARKS = "-@:=>+(~";

  /** By byte: at which of these places something may begin with it. */
  private static final byte[] STARTS = starts();

  /** By byte: at which of these places the next one stands. */
  private static final byte[] PLACES_AFTER = placesAfter();

  private final String text;
  private final byte[] bytes;
  private @Nullable List<TextScanner.Finding> found;

  /** Where the last finding ends: nothing that looks back may go beyond. */
  private int done;

  private DirectScan(String text, byte[] bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  /**
   * All findings in order; they do not overlap.
   *
   * @param bytes the same text as {@link Ascii} shows it
   */
  static List<TextScanner.Finding> find(String text, byte[] bytes) {
    return new DirectScan(text, bytes).find();
  }

  private List<TextScanner.Finding> find() {
    for (int at = nextStart(0); at < bytes.length; at = nextStart(at)) {
      TextScanner.Finding finding = at(at);
      if (finding == null) {
        at = Ascii.isDigit(bytes[at]) ? afterDigits(at) : at + 1;
      } else {
        add(finding);
        at = finding.end();
      }
    }
    return found == null ? List.of() : found;
  }

  /** The first place from one on where something may begin; the length when there is none. */
  private int nextStart(int from) {
    int place = from == 0 ? ANYWHERE : PLACES_AFTER[bytes[from - 1] & 0xFF];
    for (int at = from; at < bytes.length; at++) {
      int c = bytes[at] & 0xFF;
      if ((STARTS[c] & place) != 0) {
        return at;
      }
      place = PLACES_AFTER[c];
    }
    return bytes.length;
  }

  /** What begins at a place or stands around it. */
  private TextScanner.@Nullable Finding at(int at) {
    byte c = bytes[at];
    if (Ascii.isDigit(c)) {
      return number(at);
    }
    return Ascii.isLetter(c) ? word(at) : mark(at, c);
  }

  private TextScanner.@Nullable Finding mark(int at, byte c) {
    return switch (c) {
      case '-' -> hyphen(at);
      case '@' -> TextScanner.finding(Detector.EMAIL, EmailAddresses.around(text, bytes, at, done));
      case ':' -> colon(at);
      case '=' -> secret(Assignments.at(bytes, at));
      case '>' -> secret(Assignments.atElement(bytes, at));
      case '~' -> secret(AzureSecrets.around(bytes, at, done));
      default -> upTo(Detector.PHONE, at, PhoneNumbers.endAt(text, bytes, at));
    };
  }

  private TextScanner.@Nullable Finding hyphen(int at) {
    long block = KeyBlocks.at(text, at);
    return secret(block == Span.NOTHING ? Assignments.atOption(bytes, at) : block);
  }

  private TextScanner.@Nullable Finding colon(int at) {
    long address = UrlCredentials.at(bytes, at);
    long span = address == Span.NOTHING ? Assignments.at(bytes, at) : address;
    return span == Span.NOTHING
        ? upTo(Detector.IP, at, IpAddresses.endOfSix(bytes, at))
        : secret(span);
  }

  private TextScanner.@Nullable Finding word(int at) {
    long key = VendorKeys.at(bytes, at);
    if (key == Span.NOTHING && JsonWebTokens.mayStartWith(bytes[at])) {
      key = JsonWebTokens.at(text, bytes, at);
    }
    if (key == Span.NOTHING) {
      key = DottedTokens.at(bytes, at);
    }
    if (key != Span.NOTHING) {
      return secret(key);
    }
    TextScanner.Finding introduced = Introductions.at(bytes, at);
    return introduced == null ? code(at) : introduced;
  }

  private TextScanner.@Nullable Finding code(int at) {
    int end = Ibans.endAt(bytes, at);
    if (end > at) {
      return upTo(Detector.IBAN, at, end);
    }
    end = PersonCodes.endAtLetter(bytes, at);
    return end > at
        ? upTo(Detector.NATIONAL_ID, at, end)
        : upTo(Detector.IP, at, IpAddresses.endOfSix(bytes, at));
  }

  /** Nothing but a card begins with a digit behind a letter. */
  private TextScanner.@Nullable Finding number(int at) {
    int card = CardNumbers.endOfCard(bytes, at);
    if (card > at) {
      return upTo(Detector.CARD_NUMBER, at, card);
    }
    if (Ascii.isLetter(Ascii.at(bytes, at - 1))) {
      return null;
    }
    DigitGroups groups = DigitGroups.at(bytes, at);
    Detector person = PersonNumbers.of(bytes, at, groups);
    if (person != null) {
      return upTo(person, at, groups.end());
    }
    int end = endOfMarked(at);
    if (end > at) {
      return upTo(Detector.NATIONAL_ID, at, end);
    }
    int ip = Math.max(IpAddresses.endOfFour(bytes, at), IpAddresses.endOfSix(bytes, at));
    if (ip > at) {
      return upTo(Detector.IP, at, ip);
    }
    long key = DottedTokens.atDigit(bytes, at);
    return key == Span.NOTHING
        ? upTo(Detector.PHONE, at, PhoneNumbers.endAt(text, bytes, at))
        : secret(key);
  }

  private int endOfMarked(int at) {
    int brazilian = PersonNumbers.endOfBrazilian(bytes, at);
    return brazilian > at ? brazilian : PersonCodes.endAtDigit(bytes, at);
  }

  private int afterDigits(int at) {
    int end = at;
    while (end < bytes.length && Ascii.isDigit(bytes[end])) {
      end++;
    }
    return end;
  }

  private static TextScanner.@Nullable Finding secret(long span) {
    return TextScanner.finding(Detector.SECRET, span);
  }

  private static TextScanner.@Nullable Finding upTo(Detector detector, int start, int end) {
    return end > start ? new TextScanner.Finding(detector.dataClass(), start, end) : null;
  }

  private void add(TextScanner.Finding finding) {
    List<TextScanner.Finding> list = found == null ? new ArrayList<>() : found;
    list.add(finding);
    found = list;
    done = finding.end();
  }

  private static byte[] starts() {
    byte[] starts = new byte[256];
    for (char c = 0; c < 128; c++) {
      if (MARKS.indexOf(c) >= 0 || Ascii.isDigit((byte) c)) {
        starts[c] = ANYWHERE;
      } else if (Ascii.isLetter((byte) c)) {
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
