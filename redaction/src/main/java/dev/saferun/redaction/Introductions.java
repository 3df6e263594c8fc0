package dev.saferun.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Words, in any case, after which something comes that must not be kept. */
final class Introductions {

  private static final List<String> BIRTH =
      List.of(
          "dob",
          "d.o.b",
          "date of birth",
          "date_of_birth",
          "dateofbirth",
          "date-of-birth",
          "birth date",
          "birth_date",
          "birthdate",
          "birth-date",
          "birthday",
          "birth day",
          "born on",
          "born",
          "geburtsdatum",
          "geboren am",
          "date de naissance",
          "date_naissance",
          "fecha de nacimiento",
          "fecha_nacimiento",
          "data di nascita",
          "data_nascita",
          "geboortedatum",
          "data de nascimento",
          "data_nascimento");

  private static final List<String> SENTENCE =
      List.of(
          "password is ",
          "password was ",
          "password to ",
          "passphrase is ",
          "pwd is ",
          "passcode is ",
          "secret is ",
          "token is ",
          "api key is ",
          "secret key is ",
          "access key is ",
          "key is ",
          "password ",
          "passwd ");

  private static final List<String> HEADERS = List.of("bearer ", "ssws ", "bot ");
  private static final String BASIC = "basic ";

  private static final List<String> ALL =
      Stream.of(BIRTH, SENTENCE, HEADERS, List.of(BASIC)).flatMap(List::stream).toList();

  private static final PrefixTable WORDS = new PrefixTable(ALL, true);

  private static final String HEADER_MARKS = "-._~+/=";
  private static final int HEADER_MIN = 8;
  private static final int RANDOM_LENGTH = 24;
  private static final int BASIC_MAX = 1_024;

  private Introductions() {}

  static boolean mayStartWith(char c) {
    return WORDS.mayStartWith(c);
  }

  /** Whether a name says that somebody was born on the day that is its value. */
  static boolean isBirth(byte[] name) {
    for (int at = 0; at < name.length; at++) {
      int entry = WORDS.longest(name, at);
      if (entry != PrefixTable.NONE && entry < BIRTH.size()) {
        return true;
      }
    }
    return false;
  }

  /** What words that begin at a word's start lead to, or null. */
  static TextScanner.@Nullable Finding at(byte[] text, int start) {
    int entry = WORDS.longest(text, start);
    if (entry == PrefixTable.NONE) {
      return null;
    }
    int end = start + WORDS.length(entry);
    if (entry < BIRTH.size()) {
      return TextScanner.finding(Detector.DATE_OF_BIRTH, BirthDates.after(text, end));
    }
    if (entry < BIRTH.size() + SENTENCE.size()) {
      return TextScanner.finding(Detector.SECRET, Assignments.inSentence(text, end));
    }
    boolean isBasic = ALL.get(entry).equals(BASIC);
    return TextScanner.finding(Detector.SECRET, isBasic ? basic(text, end) : header(text, end));
  }

  /** "Bearer instruments": a short run of letters is a word of a language, not a credential. */
  private static long header(byte[] text, int from) {
    int end = from;
    boolean digits = false;
    while (end < text.length && isHeader(text[end])) {
      digits |= Ascii.isDigit(text[end]);
      end++;
    }
    while (end > from && text[end - 1] == '.') {
      end--;
    }
    int length = end - from;
    return length >= HEADER_MIN && (digits || length >= RANDOM_LENGTH)
        ? Span.of(from, end)
        : Span.NOTHING;
  }

  private static boolean isHeader(byte c) {
    return Ascii.isLetterOrDigit(c) || (c > 0 && HEADER_MARKS.indexOf(c) >= 0);
  }

  /** The user and password of RFC 7617: base64 with a colon in what it decodes to. */
  private static long basic(byte[] text, int from) {
    int limit = Math.min(text.length, from + BASIC_MAX);
    int end = from;
    while (end < limit && (isHeader(text[end]) && text[end] != '.' && text[end] != '~')) {
      end++;
    }
    return end - from >= HEADER_MIN && hasColon(text, from, end)
        ? Span.of(from, end)
        : Span.NOTHING;
  }

  private static boolean hasColon(byte[] text, int from, int end) {
    try {
      byte[] decoded = Base64.getDecoder().decode(Arrays.copyOfRange(text, from, end));
      String plain = new String(decoded, StandardCharsets.ISO_8859_1);
      return plain.indexOf(':') > 0 && plain.chars().noneMatch(c -> c < ' ');
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
