package dev.saferun.auth.peers;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Where a browser has come to.
 *
 * @param status 0 where the browser stopped before it asked
 * @param body what was answered; where the browser stopped, the form that it would have posted
 */
public record Page(URI address, int status, String body) {

  public Document document() {
    return Jsoup.parse(body, address.toString());
  }

  /** The parameters of its address, decoded, each with all of its values. */
  public Map<String, List<String>> query() {
    return parameters(address.getRawQuery() == null ? "" : address.getRawQuery());
  }

  /** The fields of the form that the browser stopped with. */
  public Map<String, List<String>> form() {
    return parameters(status == 0 ? body : "");
  }

  private static Map<String, List<String>> parameters(String encoded) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (String pair : encoded.isEmpty() ? new String[0] : encoded.split("&", -1)) {
      int end = pair.contains("=") ? pair.indexOf('=') : pair.length();
      String value = pair.substring(Math.min(end + 1, pair.length()));
      parameters
          .computeIfAbsent(decode(pair.substring(0, end)), first -> new ArrayList<>())
          .add(decode(value));
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
