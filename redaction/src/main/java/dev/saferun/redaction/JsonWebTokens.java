package dev.saferun.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * JSON Web Tokens and their encrypted kind (RFC 7519, 7516): parts of base64url with points
 * between, the first of which decodes to a JSON object that names an algorithm.
 */
final class JsonWebTokens {

  /** An object's beginning in base64, written tightly, with a space, or with a line break. */
  private static final String[] STARTS = {"eyJ", "eyA", "ewo", "ew0"};

  private static final int HEADER_MAX = 2_048;

  private JsonWebTokens() {}

  static boolean mayStartWith(byte c) {
    return c == 'e';
  }

  /** The token that begins at a word's start; a header beyond {@link #HEADER_MAX} is none. */
  static long at(String text, byte[] bytes, int start) {
    if (!begins(text, start)) {
      return Span.NOTHING;
    }
    int limit = Math.min(bytes.length, start + HEADER_MAX);
    int header = start;
    while (header < limit && isPart(bytes[header])) {
      header++;
    }
    if (Ascii.at(bytes, header) != '.' || !namesAlgorithm(bytes, start, header)) {
      return Span.NOTHING;
    }
    int end = header;
    while (end < bytes.length && (isPart(bytes[end]) || bytes[end] == '.')) {
      end++;
    }
    while (bytes[end - 1] == '.') {
      end--;
    }
    return end <= header ? Span.NOTHING : Span.of(start, end);
  }

  private static boolean begins(String text, int start) {
    for (String known : STARTS) {
      if (text.startsWith(known, start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPart(byte c) {
    return Ascii.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  private static boolean namesAlgorithm(byte[] text, int start, int end) {
    if ((end - start) % 4 == 1) {
      return false;
    }
    try {
      byte[] header = Base64.getUrlDecoder().decode(Arrays.copyOfRange(text, start, end));
      return new String(header, StandardCharsets.ISO_8859_1).contains("\"alg\"");
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
