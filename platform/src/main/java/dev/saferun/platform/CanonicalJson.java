package dev.saferun.platform;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  /** Below it doubles are so coarse that one digit can tell two of them apart. */
  private static final double FEW_BITS_MAX = 1e-320;

  private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

  private byte[] bytes;
  private int size;

  private CanonicalJson(int capacity) {
    bytes = new byte[capacity];
  }

  public static byte[] write(@Nullable Object tree) {
    CanonicalJson json = new CanonicalJson(1024);
    json.value(tree);
    return Arrays.copyOf(json.bytes, json.size);
  }

  public static void write(@Nullable Object tree, ByteArrayOutputStream out) {
    CanonicalJson json = new CanonicalJson(1024);
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
    String[] keys = new String[object.size()];
    int count = 0;
    for (Object key : object.keySet()) {
      keys[count++] = (String) key;
    }
    // String's own order is that of UTF-16 code units, which the RFC asks for.
    Arrays.sort(keys);
    put('{');
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        put(',');
      }
      text(keys[i]);
      put(':');
      value(object.get(keys[i]));
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

  private void text(String text) {
    int length = text.length();
    reserve(length * 3 + 2);
    bytes[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
        bytes[size++] = (byte) c;
      } else if (c < 0x80) {
        escape(c, (length - i) * 3 + 8);
      } else if (c < 0x800) {
        bytes[size++] = (byte) (0xC0 | (c >> 6));
        bytes[size++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isSurrogate(c)) {
        i++;
        supplementary(c, i < length ? text.charAt(i) : 0);
      } else {
        bytes[size++] = (byte) (0xE0 | (c >> 12));
        bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        bytes[size++] = (byte) (0x80 | (c & 0x3F));
      }
    }
    bytes[size++] = '"';
  }

  private void supplementary(char high, char low) {
    if (!Character.isSurrogatePair(high, low)) {
      throw new IllegalArgumentException("a lone surrogate");
    }
    int point = Character.toCodePoint(high, low);
    bytes[size++] = (byte) (0xF0 | (point >> 18));
    bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
    bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
    bytes[size++] = (byte) (0x80 | (point & 0x3F));
  }

  /**
   * Control characters, quote and backslash; {@code room} is what the rest of the text may still
   * need.
   */
  private void escape(char c, int room) {
    reserve(room);
    bytes[size++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[size++] = (byte) c;
      case '\b' -> bytes[size++] = 'b';
      case '\t' -> bytes[size++] = 't';
      case '\n' -> bytes[size++] = 'n';
      case '\f' -> bytes[size++] = 'f';
      case '\r' -> bytes[size++] = 'r';
      default -> {
        if (c == 0x7F) {
          bytes[size - 1] = (byte) c;
        } else {
          bytes[size++] = 'u';
          bytes[size++] = '0';
          bytes[size++] = '0';
          bytes[size++] = HEX[c >> 4];
          bytes[size++] = HEX[c & 0xF];
        }
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
