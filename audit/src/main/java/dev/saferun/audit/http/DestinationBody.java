package dev.saferun.audit.http;

import dev.saferun.audit.delivery.Destination;
import dev.saferun.audit.delivery.Sinks;
import dev.saferun.audit.sink.SinkSettings;
import dev.saferun.audit.sink.SinkType;
import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A destination as it is written.
 *
 * @param secrets new credentials; null to keep those that it has
 */
record DestinationBody(
    SinkType type,
    String format,
    Map<String, @Nullable Object> settings,
    @Nullable Map<String, String> secrets,
    List<StreamedEvent.Kind> kinds,
    List<String> codes,
    boolean enabled,
    String from) {

  private static final int CODES_MAX = 50;
  private static final int CODE_CHARACTERS_MAX = 100;
  private static final int SECRET_CHARACTERS_MAX = 20_000;
  private static final String FORMAT_USUAL = "json";

  /** Where a new one begins: with what happens next. */
  static final String NOW = "now";

  static DestinationBody read(byte[] body, Sinks sinks) {
    BodyFields fields =
        BodyFields.read(
            body, "type", "format", "settings", "secrets", "kinds", "codes", "enabled", "from");
    SinkType type =
        fields
            .text("type")
            .map(
                name ->
                    sinks.type(name).orElseThrow(() -> unknown(fields, "type", sinks.typeNames())))
            .orElseThrow(() -> fields.absent("type"));
    return new DestinationBody(
        type,
        format(fields, sinks),
        fields.tree("settings").orElse(Map.of()),
        secrets(fields, type),
        kinds(fields),
        fields.texts("codes", CODES_MAX, CODE_CHARACTERS_MAX).orElse(List.of()),
        fields.truth("enabled").orElse(true),
        fields.text("from").orElse(NOW));
  }

  private static ProblemException unknown(BodyFields fields, String name, List<String> known) {
    return fields.refusal(name, "must be one of " + String.join(", ", known));
  }

  /** Whether the credentials are those that it has already. */
  boolean keepsSecrets(@Nullable Destination before) {
    return secrets == null && before != null && before.type().equals(type.name());
  }

  /** The new credentials, none where it needs none. */
  Map<String, String> newSecrets() {
    return secrets == null ? Map.of() : secrets;
  }

  /** Refuses settings that cannot be, with the credentials that there will be. */
  void check(Map<String, String> credentials) {
    type.check(new SinkSettings(settings, credentials));
  }

  private static String format(BodyFields fields, Sinks sinks) {
    String name = fields.text("format").orElse(FORMAT_USUAL);
    if (sinks.format(name).isEmpty()) {
      throw unknown(fields, "format", sinks.formatNames());
    }
    return name;
  }

  private static List<StreamedEvent.Kind> kinds(BodyFields fields) {
    List<String> all =
        List.of(StreamedEvent.Kind.values()).stream().map(StreamedEvent.Kind::wire).toList();
    List<String> wanted = fields.texts("kinds", all.size(), CODE_CHARACTERS_MAX).orElse(all);
    if (wanted.isEmpty() || !all.containsAll(wanted)) {
      throw fields.refusal("kinds", "must be some of " + String.join(", ", all));
    }
    return wanted.stream().distinct().map(StreamedEvent.Kind::ofWire).toList();
  }

  private static @Nullable Map<String, String> secrets(BodyFields fields, SinkType type) {
    Set<String> names = type.secretNames();
    return fields
        .object("secrets", names.toArray(String[]::new))
        .map(
            given -> {
              Map<String, String> secrets = new LinkedHashMap<>();
              for (String name : names) {
                given
                    .text(name, SECRET_CHARACTERS_MAX)
                    .ifPresent(secret -> secrets.put(name, secret));
              }
              return secrets;
            })
        .orElse(null);
  }

  Destination destination(UUID organizationId, UUID id, String name, @Nullable Destination before) {
    return new Destination(
        organizationId,
        id,
        name,
        type.name(),
        format,
        settings,
        before != null && keepsSecrets(before) ? before.sealedSecrets() : null,
        kinds,
        codes,
        enabled);
  }
}
