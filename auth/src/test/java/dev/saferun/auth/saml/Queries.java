package dev.saferun.auth.saml;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Reads what is sent by redirect, as the other side would. */
final class Queries {

  private Queries() {}

  static String raw(SamlMessage message) {
    return URI.create(((SamlDelivery.Redirect) message.delivery()).location()).getRawQuery();
  }

  static Map<String, String> parameters(String rawQuery) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String one : rawQuery.split("&", -1)) {
      String[] pair = one.split("=", 2);
      parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  static String inflated(String base64) throws Exception {
    byte[] bytes = Base64.getDecoder().decode(base64);
    try (InputStream stream =
        new InflaterInputStream(new ByteArrayInputStream(bytes), new Inflater(true))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
