package dev.saferun.audit.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of CEF, read as the guide of the format says and by none of the code that writes it.
 *
 * @param header the seven fields, of which the first is the version
 */
record CefLine(List<String> header, Map<String, String> extension) {

  private static final int HEADER_FIELDS = 7;

  static CefLine parse(String line) {
    List<String> header = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    int at = 0;
    for (; header.size() < HEADER_FIELDS; at++) {
      char c = line.charAt(at);
      if (c == '\\') {
        field.append(unescaped(line.charAt(++at), "\\|"));
      } else if (c == '|') {
        header.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    return new CefLine(header, extension(line.substring(at)));
  }

  /** An equals sign that is not escaped ends a key, which begins after the space before it. */
  private static Map<String, String> extension(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    String key = "";
    StringBuilder value = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        value.append(unescaped(text.charAt(++at), "\\=nr"));
      } else if (c == '=') {
        int space = value.lastIndexOf(" ");
        put(pairs, key, value.substring(0, Math.max(space, 0)));
        key = value.substring(space + 1);
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    put(pairs, key, value.toString());
    return pairs;
  }

  private static void put(Map<String, String> pairs, String key, String value) {
    if (key.isEmpty() ? !value.isEmpty() : pairs.put(key, value) != null) {
      throw new AssertionError("no key, or twice the same: " + key);
    }
  }

  private static char unescaped(char c, String allowed) {
    if (allowed.indexOf(c) < 0) {
      throw new AssertionError("no such escape: " + (int) c);
    }
    return c == 'n' ? '\n' : c == 'r' ? '\r' : c;
  }
}
