package dev.saferun.appliance.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** As much of HTTP/1.1 as it takes to see that an answer is whole. */
final class HttpAnswer {

  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final byte[] LAST_CHUNK = {'\r', '\n', '0', '\r', '\n', '\r', '\n'};

  private HttpAnswer() {}

  /** The status where these bytes hold one whole answer, else 0. */
  static int statusWhenWhole(byte[] bytes, int size) {
    int head = find(bytes, size, HEAD_END);
    if (head < 0) {
      return 0;
    }
    String headers = new String(bytes, 0, head, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    int length = contentLength(headers);
    boolean whole =
        length >= 0 ? size >= head + HEAD_END.length + length : find(bytes, size, LAST_CHUNK) >= 0;
    return whole ? Integer.parseInt(headers.substring(9, 12)) : 0;
  }

  private static int contentLength(String headers) {
    int at = headers.indexOf("\r\ncontent-length:");
    if (at < 0) {
      return headers.contains("\r\ntransfer-encoding:") ? -1 : 0;
    }
    int end = headers.indexOf("\r\n", at + 2);
    return Integer.parseInt(headers.substring(at + 17, end < 0 ? headers.length() : end).strip());
  }

  private static int find(byte[] bytes, int size, byte[] pattern) {
    for (int i = 0; i <= size - pattern.length; i++) {
      int matched = 0;
      while (matched < pattern.length && bytes[i + matched] == pattern[matched]) {
        matched++;
      }
      if (matched == pattern.length) {
        return i;
      }
    }
    return -1;
  }
}
