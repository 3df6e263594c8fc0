package dev.saferun.audit.delivery;

import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.StrictJson;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where events are sent.
 *
 * @param sealedSecrets its credentials, sealed; null where it needs none
 * @param codes the codes that it gets, each with a {@code *} at its end or none; empty: all
 */
public record Destination(
    UUID organizationId,
    UUID id,
    String name,
    String type,
    String format,
    Map<String, @Nullable Object> settings,
    byte @Nullable [] sealedSecrets,
    List<StreamedEvent.Kind> kinds,
    List<String> codes,
    boolean enabled) {

  static final String COLUMNS =
      """
      d.organization_id, d.id, d.name, d.type, d.format, d.settings::text as settings, d.secrets,
      d.kinds, d.codes, d.enabled
      """;

  private static final char ANY = '*';

  static Destination of(Row row) {
    return new Destination(
        row.getUUID("organization_id"),
        row.getUUID("id"),
        row.getString("name"),
        row.getString("type"),
        row.getString("format"),
        StrictJson.parseObject(row.getString("settings").getBytes(StandardCharsets.UTF_8)),
        row.getBuffer("secrets") == null ? null : row.getBuffer("secrets").getBytes(),
        List.of(row.getArrayOfStrings("kinds")).stream().map(StreamedEvent.Kind::ofWire).toList(),
        List.of(row.getArrayOfStrings("codes")),
        row.getBoolean("enabled"));
  }

  /** Whether it gets this event. */
  boolean takes(StreamedEvent event) {
    String code = String.valueOf(event.document().get("code"));
    return codes.isEmpty() || codes.stream().anyMatch(wanted -> matches(wanted, code));
  }

  private static boolean matches(String wanted, String code) {
    int last = wanted.length() - 1;
    boolean isPrefix = last >= 0 && wanted.charAt(last) == ANY;
    return isPrefix ? code.startsWith(wanted.substring(0, last)) : code.equals(wanted);
  }

  /** What may be seen and audited: everything but the credentials. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("type", type);
    json.put("format", format);
    json.put("settings", settings);
    json.put("has_secrets", sealedSecrets != null);
    json.put("kinds", kinds.stream().map(StreamedEvent.Kind::wire).toList());
    json.put("codes", codes);
    json.put("enabled", enabled);
    return json;
  }

  /** The sealed secrets open for this destination alone. */
  String sealedPlace() {
    return "audit.destination/" + organizationId + "/" + id;
  }
}
