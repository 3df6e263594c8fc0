package dev.saferun.evaluator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call, as far as the guard needs it: a name of the result, or of the error, and how
 * much it tells.
 *
 * <p>An error's name leaves out what changes from call to call: quoted parts, and words that are
 * not made of letters alone (paths, ids, numbers that are no status of three digits). So the same
 * error over another file is the same error.
 *
 * @param name 32 bits of it
 */
public record Observation(int name, boolean failed, Size size) {

  /** How much a result tells. */
  public enum Size {
    /** Nothing was found: empty, zero or false all through, or a text that says so. */
    NOTHING,
    /** An acknowledgement, a flag, a number: as many calls of a batch can have in common. */
    SMALL,
    /** So much that different calls do not have it in common by chance. */
    LARGE
  }

  /** From how many characters on a result is large. */
  static final int LARGE_CHARACTERS = 128;

  private static final int LETTERS = 16;
  private static final long FAILED_MARK = 1;
  private static final long NOTHING_MARK = 2;
  private static final long LARGE_MARK = 4;
  private static final int ERROR_CHARACTERS_MAX = 1_000;
  private static final int STATUS_DIGITS = 3;
  private static final List<String> NOTHING_TEXTS = List.of("[]", "{}", "null", "none", "0");
  private static final List<String> NOTHING_BEGINNINGS = List.of("no ", "nothing ", "0 ");

  /** From the trees that were reported; an error that is not {@code null} is a failure. */
  public static Observation of(@Nullable Object result, @Nullable Object error) {
    return error == null
        ? new Observation(shortName(Fingerprint.ofTree(result)), false, sizeOf(result))
        : new Observation(shortName(ofError(error)), true, Size.SMALL);
  }

  private static int shortName(long name) {
    return (int) (name >>> Integer.SIZE);
  }

  private static Size sizeOf(@Nullable Object result) {
    return isNothing(result)
        ? Size.NOTHING
        : characters(result, LARGE_CHARACTERS) <= 0 ? Size.LARGE : Size.SMALL;
  }

  private static boolean isNothing(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Boolean bool -> !bool;
      case Number number -> number.doubleValue() == 0;
      case String text -> saysNothing(text);
      case List<?> list -> list.stream().allMatch(Observation::isNothing);
      case Map<?, ?> object -> object.values().stream().allMatch(Observation::isNothing);
      default -> false;
    };
  }

  private static boolean saysNothing(String text) {
    if (text.isBlank()) {
      return true;
    }
    if (text.length() > LARGE_CHARACTERS) {
      return false;
    }
    String plain = text.strip().toLowerCase(Locale.ROOT);
    return NOTHING_TEXTS.contains(plain) || NOTHING_BEGINNINGS.stream().anyMatch(plain::startsWith);
  }

  /** What is left of the characters once those of the tree are taken; stops at zero. */
  private static int characters(@Nullable Object value, int left) {
    return switch (value) {
      case String text -> left - text.length();
      case List<?> list -> ofAll(list, left);
      case Map<?, ?> object -> ofAll(object.values(), left);
      case null -> left;
      default -> left - 1;
    };
  }

  private static int ofAll(Iterable<?> values, int left) {
    int rest = left;
    for (Object value : values) {
      if (rest > 0) {
        rest = characters(value, rest);
      }
    }
    return rest;
  }

  private static long ofError(@Nullable Object error) {
    return switch (error) {
      case String text -> ofErrorText(text);
      case Number number -> isStatus(number) ? Fingerprint.ofTree(number) : 1;
      case List<?> list -> {
        long hash = 2;
        for (Object element : list) {
          hash = Fingerprint.mix(hash * 3 ^ ofError(element));
        }
        yield hash;
      }
      case Map<?, ?> object -> {
        long sum = 3;
        for (Map.Entry<?, ?> member : object.entrySet()) {
          sum +=
              Fingerprint.mix(Fingerprint.ofTree(member.getKey()) + 3 * ofError(member.getValue()));
        }
        yield Fingerprint.mix(sum);
      }
      case null -> 0;
      default -> Fingerprint.ofTree(error);
    };
  }

  /** Word by word, without the quoted ones and those that are not plain. */
  private static long ofErrorText(String text) {
    long hash = 4;
    int end = Math.min(text.length(), ERROR_CHARACTERS_MAX);
    char quote = 0;
    int at = 0;
    while (at < end) {
      char c = text.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
        at++;
      } else if (isQuote(text, at)) {
        quote = c;
        at++;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        int wordEnd = wordEnd(text, at, end);
        hash = Fingerprint.mix(hash * 3 ^ ofWord(text, at, wordEnd));
        at = wordEnd;
      }
    }
    return hash;
  }

  /** A quote that opens: after a letter it is an apostrophe. */
  private static boolean isQuote(String text, int at) {
    char c = text.charAt(at);
    return (c == '"' || c == '\'' || c == '`')
        && (at == 0 || !Character.isLetter(text.charAt(at - 1)));
  }

  private static int wordEnd(String text, int start, int end) {
    int at = start;
    while (at < end && !Character.isWhitespace(text.charAt(at)) && !isQuote(text, at)) {
      at++;
    }
    return at;
  }

  private static long ofWord(String text, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && !Character.isLetterOrDigit(text.charAt(from))) {
      from++;
    }
    while (to > from && !Character.isLetterOrDigit(text.charAt(to - 1))) {
      to--;
    }
    return isPlain(text, from, to) ? Fingerprint.ofText(text, from, to) : 5;
  }

  private static boolean isStatus(Number number) {
    return number.doubleValue() >= 100 && number.doubleValue() < 1_000;
  }

  /** Letters alone, or as many digits as a status has. */
  private static boolean isPlain(String text, int from, int to) {
    int letters = 0;
    int digits = 0;
    for (int at = from; at < to; at++) {
      letters += Character.isLetter(text.charAt(at)) ? 1 : 0;
      digits += Character.isDigit(text.charAt(at)) ? 1 : 0;
    }
    return letters == to - from || (digits == to - from && digits == STATUS_DIGITS);
  }

  /** As it stands in the frame of an outcome: letters from a to p. */
  public String text() {
    long marks =
        switch (size) {
          case NOTHING -> NOTHING_MARK;
          case SMALL -> 0;
          case LARGE -> LARGE_MARK;
        };
    return Fingerprints.text((long) name << Integer.SIZE | marks | (failed ? FAILED_MARK : 0));
  }

  /** What {@link #text} wrote. */
  public static Observation fromText(String text) {
    if (text.length() != LETTERS) {
      throw new IllegalArgumentException("an observation has sixteen letters");
    }
    long packed = Fingerprints.array(text)[0];
    Size size =
        (packed & NOTHING_MARK) != 0
            ? Size.NOTHING
            : (packed & LARGE_MARK) != 0 ? Size.LARGE : Size.SMALL;
    return new Observation((int) (packed >>> Integer.SIZE), (packed & FAILED_MARK) != 0, size);
  }
}
