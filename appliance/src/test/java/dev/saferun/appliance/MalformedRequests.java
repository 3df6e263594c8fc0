package dev.saferun.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Requests that nobody should send, made from the API's own description: for each operation paths,
 * parameters, bodies and headers of wrong kinds. The same seed makes the same requests.
 */
final class MalformedRequests {

  private static final Path DOCUMENT = Path.of("openapi.yml");
  private static final int LONG = 9_000;
  private static final int DEEP = 2_000;

  private static final List<String> NAUGHTY =
      List.of(
          "",
          " ",
          "\u0000",
          "\t\r\n",
          "null",
          "undefined",
          "NaN",
          "Infinity",
          "-0",
          "1e309",
          "9223372036854775808",
          "-9223372036854775809",
          "0x7f",
          "true",
          "[]",
          "{}",
          "''",
          "\"",
          "' or '1'='1",
          "'; drop table audit.event; --",
          "%s%s%n",
          "%00",
          "%2e%2e%2f",
          "../../../../etc/passwd",
          "..\\..\\windows",
          "<script>alert(1)</script>",
          "${jndi:x}",
          "{{7*7}}",
          "\uFEFFbom",
          "\u202Eright to left",
          "\u200B",
          "A\u030A",
          "ﬁ",
          "İ",
          "ß",
          "𝟘",
          "👩‍👩‍👧‍👦",
          "\uD83D",
          "Ω≈ç√∫",
          "田中さん",
          "مرحبا",
          "ÅÍÎÏ˝",
          "a".repeat(LONG),
          "é".repeat(LONG / 2),
          "00000000-0000-0000-0000-000000000000",
          "ffffffff-ffff-ffff-ffff-ffffffffffff",
          "1970-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "2026-02-30T00:00:00Z",
          "*",
          ".",
          "..",
          "/",
          "\\",
          "?",
          "#",
          "&a=b",
          ";",
          "+",
          ",");

  private final List<Operation> operations;
  private final Random random;

  /** What the description says of one operation. */
  private record Operation(
      String method, String path, List<String> parameters, Map<String, String> fields) {}

  /**
   * One request.
   *
   * @param query with its mark, or empty
   */
  record Malformed(
      String method, String path, String query, byte[] body, Map<String, String> headers) {

    @Override
    public String toString() {
      String shown = new String(body, UTF_8);
      return method
          + " "
          + path
          + query
          + " "
          + headers
          + " "
          + shown.substring(0, Math.min(200, shown.length()));
    }
  }

  MalformedRequests(long seed) throws IOException {
    this.random = new Random(seed);
    this.operations = operations();
  }

  private static List<Operation> operations() throws IOException {
    try (InputStream in = Files.newInputStream(DOCUMENT)) {
      Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      List<Operation> operations = new ArrayList<>();
      map(document.get("paths"))
          .forEach(
              (path, verbs) ->
                  map(verbs)
                      .forEach(
                          (verb, said) ->
                              operations.add(operation(document, verb, path, map(said)))));
      return operations;
    }
  }

  private static Operation operation(
      Map<String, Object> document, String verb, String path, Map<String, Object> said) {
    List<String> parameters = new ArrayList<>();
    if (said.get("parameters") instanceof List<?> all) {
      for (Object one : all) {
        if ("query".equals(map(one).get("in"))) {
          parameters.add(String.valueOf(map(one).get("name")));
        }
      }
    }
    return new Operation(verb.toUpperCase(Locale.ROOT), path, parameters, fields(document, said));
  }

  /** The fields of its body and their types. */
  private static Map<String, String> fields(
      Map<String, Object> document, Map<String, Object> said) {
    Map<String, String> fields = new LinkedHashMap<>();
    Map<String, Object> content = map(map(said.get("requestBody")).get("content"));
    for (Object type : content.values()) {
      Map<String, Object> schema = map(map(type).get("schema"));
      String reference = String.valueOf(schema.get("$ref"));
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      Map<String, Object> schemas = map(map(document.get("components")).get("schemas"));
      map(map(schemas.get(name)).get("properties"))
          .forEach((field, of) -> fields.put(field, String.valueOf(map(of).get("type"))));
    }
    return fields;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The next one; operations take turns. */
  Malformed next(int number) {
    Operation operation = operations.get(number % operations.size());
    return new Malformed(
        operation.method(), path(operation), query(operation), body(operation), headers());
  }

  private String path(Operation operation) {
    String path = operation.path();
    while (path.contains("{")) {
      String place = random.nextInt(4) == 0 ? "default" : encoded(naughty());
      path =
          path.substring(0, path.indexOf('{'))
              + (place.isEmpty() ? "x" : place)
              + path.substring(path.indexOf('}') + 1);
    }
    return path;
  }

  private String query(Operation operation) {
    StringBuilder query = new StringBuilder();
    for (String parameter : operation.parameters()) {
      if (random.nextBoolean()) {
        query
            .append(query.isEmpty() ? "?" : "&")
            .append(parameter)
            .append('=')
            .append(encoded(naughty()));
      }
    }
    return query.toString();
  }

  private String naughty() {
    return NAUGHTY.get(random.nextInt(NAUGHTY.size()));
  }

  private static String encoded(String text) {
    String encoded = URLEncoder.encode(text, UTF_8).replace("+", "%20");
    return encoded.substring(0, Math.min(encoded.length(), 3_000)).replaceAll("%.?$", "");
  }

  private byte[] body(Operation operation) {
    if (operation.method().equals("GET")) {
      return new byte[0];
    }
    return switch (random.nextInt(12)) {
      case 0 -> new byte[0];
      case 1 -> bytes();
      case 2 -> "{".repeat(DEEP).getBytes(UTF_8);
      case 3 -> ("[".repeat(DEEP) + "]".repeat(DEEP)).getBytes(UTF_8);
      case 4 -> "{\"a\":1,\"a\":2}".getBytes(UTF_8);
      case 5 -> "{\"unknown\":true}".getBytes(UTF_8);
      case 6 -> new byte[] {'"', (byte) 0xC3, '"'};
      case 7 -> "[1,2,3]".getBytes(UTF_8);
      default -> object(operation).getBytes(UTF_8);
    };
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(400)];
    random.nextBytes(bytes);
    return bytes;
  }

  private String object(Operation operation) {
    StringBuilder object = new StringBuilder("{");
    operation
        .fields()
        .forEach(
            (field, type) -> {
              if (random.nextInt(5) > 0) {
                object
                    .append(object.length() > 1 ? "," : "")
                    .append(quoted(field))
                    .append(':')
                    .append(value(type));
              }
            });
    return object.append('}').toString();
  }

  /** Mostly of the wrong type. */
  private String value(String type) {
    return switch (random.nextInt(9)) {
      case 0 -> "null";
      case 1 -> "1e400";
      case 2 -> "-1";
      case 3 -> "[]";
      case 4 -> "{\"x\":[" + quoted(naughty()) + "]}";
      case 5 -> "true";
      case 6 -> type.equals("array") ? "[" + quoted(naughty()) + "]" : quoted(naughty());
      default -> quoted(naughty());
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c);
      quoted.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return quoted.append('"').toString();
  }

  private Map<String, String> headers() {
    return switch (random.nextInt(10)) {
      case 0 -> Map.of("Content-Type", "text/plain");
      case 1 -> Map.of("Content-Type", "application/x-www-form-urlencoded");
      case 2 -> Map.of("Content-Type", "multipart/form-data; boundary=x");
      case 3 -> Map.of("Content-Type", "application/json", "Accept", "image/png");
      case 4 -> Map.of("Content-Type", "application/json", "Idempotency-Key", "x".repeat(300));
      case 5 ->
          Map.of("Content-Type", "application/json", "Cookie", "__Host-saferun=srt_session_x");
      default -> Map.of("Content-Type", "application/json");
    };
  }
}
