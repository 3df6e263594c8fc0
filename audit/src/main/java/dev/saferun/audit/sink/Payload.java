package dev.saferun.audit.sink;

import dev.saferun.platform.CanonicalJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What several protocols make of an event's bytes. */
final class Payload {

  private Payload() {}

  /** Whether the bytes are a JSON object; the other formats are lines of text. */
  static boolean isObject(byte[] body) {
    return body.length > 0 && body[0] == '{';
  }

  static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The event as a JSON value: itself where it is an object, else a string. */
  static void writeValue(byte[] body, ByteArrayOutputStream out) {
    if (isObject(body)) {
      out.writeBytes(body);
    } else {
      CanonicalJson.write(text(body), out);
    }
  }

  static byte[] json(@Nullable Object tree) {
    return CanonicalJson.write(tree);
  }

  static String contentType(byte[] body) {
    return isObject(body) ? "application/json" : "text/plain; charset=utf-8";
  }

  /** What happened, such as {@code key.created}. */
  static String code(Message message) {
    Map<String, @Nullable Object> document = message.event().document();
    return document.get("code") instanceof String code
        ? code
        : message.event().kind().name().toLowerCase(Locale.ROOT);
  }

  /** With what makes the appliance known to the receiver, where there is such a thing. */
  static Map<String, String> headers(Optional<String> authorization) {
    return authorization.map(value -> Map.of("Authorization", value)).orElseGet(Map::of);
  }

  /** Both sets of names in one. */
  static Set<String> names(Set<String> shared, String... own) {
    Set<String> names = new TreeSet<>(shared);
    names.addAll(Set.of(own));
    return names;
  }
}
