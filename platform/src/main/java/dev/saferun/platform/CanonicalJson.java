package dev.saferun.platform;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree of {@link StrictJson} in the one byte form of RFC 8785 (JCS): keys in UTF-16 order,
 * no white space, numbers as ECMAScript prints them. Equal trees give equal bytes on any machine,
 * so a hash of them names the tree.
 */
public final class CanonicalJson {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final Map.Entry<?, ?>[] NO_MEMBERS = new Map.Entry<?, ?>[0];

  /** String's own order is that of UTF-16 code units, which the RFC asks for. */
  private static final Comparator<Map.Entry<?, ?>> BY_NAME =
      (one, other) -> ((String) one.getKey()).compareTo((String) other.getKey());

  /** Below it doubles are so coarse that one digit can tell two of them apart. */
  private static final double FEW_BITS_MAX = 1e-320;

  private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

  /** Java prints doubles of this range without an exponent, as ECMAScript does. */
  private static final double PLAIN_MIN = 1e-3;

  private static final double PLAIN_MAX = 1e7;

  /** Times a byte: eight of that byte. */
  private static final long EACH_BYTE = 0x0101010101010101L;

  /** By byte: what is escaped, and the question mark, which may stand for a lone surrogate. */
  private static final boolean[] SPECIALS = specials();

  private static final int ESCAPE_BYTES_MAX = 6;

  /** An ordinary check with its context, so that it is written without growing. */
  private static final int CAPACITY_BYTES = 8 * 1024;

  private byte[] bytes = new byte[CAPACITY_BYTES];
  private int size;

  public static byte[] write(@Nullable Object tree) {
    CanonicalJson json = new CanonicalJson();
    json.value(tree);
    return Arrays.copyOf(json.bytes, json.size);
  }

  public static void write(@Nullable Object tree, ByteArrayOutputStream out) {
    CanonicalJson json = new CanonicalJson();
    json.value(tree);
    out.write(json.bytes, 0, json.size);
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> ascii("null");
      case String text -> text(text);
      case Boolean bool -> ascii(bool ? "true" : "false");
      case Long whole -> ascii(Long.toString(whole));
      case Integer whole -> ascii(Integer.toString(whole));
      case Double number -> ascii(number(number));
      case Map<?, ?> object -> object(object);
      case List<?> array -> array(array);
      default ->
          throw new IllegalArgumentException("not a JSON value: " + value.getClass().getName());
    }
  }

  private void object(Map<?, ?> object) {
    Map.Entry<?, ?>[] members = object.entrySet().toArray(NO_MEMBERS);
    Arrays.sort(members, BY_NAME);
    put('{');
    for (int i = 0; i < members.length; i++) {
      if (i > 0) {
        put(',');
      }
      text((String) members[i].getKey());
      put(':');
      value(members[i].getValue());
    }
    put('}');
  }

  private void array(List<?> array) {
    put('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        put(',');
      }
      value(array.get(i));
    }
    put(']');
  }

  /**
   * A text is encoded as a whole, which Java does by the vector, and then copied stretch by stretch
   * between the few bytes that must be escaped. A lone surrogate is encoded as a question mark, so
   * the first of those makes the text be looked at.
   */
  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    boolean isWellFormed = false;
    int done = 0;
    reserve(utf8.length + 2);
    bytes[size++] = '"';
    for (int at = nextSpecial(utf8, 0); at < utf8.length; at = nextSpecial(utf8, at + 1)) {
      if (utf8[at] != '?') {
        copy(utf8, done, at);
        escape(utf8[at]);
        done = at + 1;
      } else if (!isWellFormed) {
        refuseLoneSurrogates(text);
        isWellFormed = true;
      }
    }
    copy(utf8, done, utf8.length);
    put('"');
  }

  /** The first byte from a place on that is escaped or a question mark; else the length. */
  private static int nextSpecial(byte[] utf8, int from) {
    int at = from;
    for (; at <= utf8.length - Long.BYTES; at += Long.BYTES) {
      long marks = marksOfSpecials(Utf8.eight(utf8, at));
      if (marks != 0) {
        return at + (Long.numberOfTrailingZeros(marks) >> 3);
      }
    }
    while (at < utf8.length && !SPECIALS[utf8[at] & 0xFF]) {
      at++;
    }
    return at;
  }

  private static boolean[] specials() {
    boolean[] specials = new boolean[256];
    Arrays.fill(specials, 0, ' ', true);
    specials['"'] = true;
    specials['\\'] = true;
    specials['?'] = true;
    return specials;
  }

  /**
   * The high bit is set in the lowest of eight bytes that is special, and in none below; it may be
   * in some above. With its second bit turned the quote stands next to the control characters; and
   * a byte gets a high bit that it had not only when it is less than what is taken from it.
   */
  private static long marksOfSpecials(long eight) {
    long controlsAndQuotes = (eight ^ (EACH_BYTE * 2)) - EACH_BYTE * ('"' - 1);
    long backslashes = (eight ^ (EACH_BYTE * '\\')) - EACH_BYTE;
    long questions = (eight ^ (EACH_BYTE * '?')) - EACH_BYTE;
    return (controlsAndQuotes | backslashes | questions) & ~eight & Utf8.HIGH_BITS;
  }

  private static void refuseLoneSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isSurrogatePair(c, text.charAt(i))) {
          throw new IllegalArgumentException("a lone surrogate");
        }
      }
    }
  }

  private void copy(byte[] from, int start, int end) {
    reserve(end - start);
    System.arraycopy(from, start, bytes, size, end - start);
    size += end - start;
  }

  /** Control characters, quote and backslash. */
  private void escape(byte b) {
    reserve(ESCAPE_BYTES_MAX);
    bytes[size++] = '\\';
    switch (b) {
      case '"', '\\' -> bytes[size++] = b;
      case '\b' -> bytes[size++] = 'b';
      case '\t' -> bytes[size++] = 't';
      case '\n' -> bytes[size++] = 'n';
      case '\f' -> bytes[size++] = 'f';
      case '\r' -> bytes[size++] = 'r';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[b >> 4];
        bytes[size++] = HEX[b & 0xF];
      }
    }
  }

  /** A number as ECMAScript's Number::toString prints it, which is what RFC 8785 asks for. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("JSON has no such number");
    }
    if (value == 0) {
      return "0";
    }
    if (value < 0) {
      return "-" + number(-value);
    }
    if (value >= PLAIN_MIN && value < PLAIN_MAX) {
      String plain = Double.toString(value);
      return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
    }
    // Double.toString gives the shortest digits that identify the value; only their layout differs.
    String shortest = value < FEW_BITS_MAX ? fewBits(value) : Double.toString(value);
    int e = shortest.indexOf('E');
    String mantissa = e < 0 ? shortest : shortest.substring(0, e);
    int exponent = e < 0 ? 0 : Integer.parseInt(shortest.substring(e + 1));
    int dot = mantissa.indexOf('.');
    String digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
    int point = dot + exponent;
    int start = 0;
    while (digits.charAt(start) == '0') {
      start++;
    }
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return layout(digits.substring(start, end), point - start);
  }

  /**
   * Java gives at least two digits, of which the smallest subnormal numbers need only one: it says
   * 4.9E-324 where ECMAScript says 5e-324. For larger ones a single digit, where it is enough, is
   * followed by a zero anyway.
   */
  private static String fewBits(double value) {
    String shortest = Double.toString(value);
    String oneDigit = new BigDecimal(shortest).round(ONE_DIGIT).unscaledValue() + ".0";
    int exponent = Integer.parseInt(shortest.substring(shortest.indexOf('E') + 1));
    for (int e = exponent; e <= exponent + 1; e++) {
      if (Double.parseDouble(oneDigit + "E" + e) == value) {
        return oneDigit + "E" + e;
      }
    }
    return shortest;
  }

  /** Lays out {@code 0.digits x 10^point} by the cases of ECMA-262, 6.1.6.1.20. */
  private static String layout(String digits, int point) {
    int count = digits.length();
    if (count <= point && point <= 21) {
      return digits + "0".repeat(point - count);
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    String exponent = (point - 1 < 0 ? "-" : "+") + Math.abs(point - 1);
    return (count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1)) + "e" + exponent;
  }

  private void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  private void put(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
