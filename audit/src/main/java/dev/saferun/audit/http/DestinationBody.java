package dev.saferun.audit.http;

import dev.saferun.audit.delivery.Destination;
import dev.saferun.audit.delivery.Sinks;
import dev.saferun.audit.sink.SinkSettings;
import dev.saferun.audit.sink.SinkType;
import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.BodyFields;
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

  static DestinationBody read(byte[] body, Sinks sinks, @Nullable Destination before) {
    BodyFields fields =
        BodyFields.read(
            body, "type", "format", "settings", "secrets", "kinds", "codes", "enabled", "from");
    SinkType type =
        fields
            .text("type")
            .map(name -> sinks.type(name).orElseThrow(() -> fields.refusal("type", sinks.known())))
            .orElseThrow(() -> fields.absent("type"));
    DestinationBody read =
        new DestinationBody(
            type,
            format(fields, sinks),
            fields.tree("settings").orElse(Map.of()),
            secrets(fields, type),
            kinds(fields),
            fields.texts("codes", CODES_MAX, CODE_CHARACTERS_MAX).orElse(List.of()),
            fields.truth("enabled").orElse(true),
            fields.text("from").orElse("now"));
    type.check(new SinkSettings(read.settings, read.known(before, type)));
    return read;
  }

  /** The names of the credentials that there will be; those that are kept stand for themselves. */
  private Map<String, String> known(@Nullable Destination before, SinkType newType) {
    if (secrets != null || before == null || !before.type().equals(newType.name())) {
      return secrets == null ? Map.of() : secrets;
    }
    return Map.of();
  }

  private static String format(BodyFields fields, Sinks sinks) {
    String name = fields.text("format").orElse(FORMAT_USUAL);
    if (sinks.format(name).isEmpty()) {
      throw fields.refusal("format", "must be one of " + String.join(", ", sinks.formatNames()));
    }
    return name;
  }

  private static List<StreamedEvent.Kind> kinds(BodyFields fields) {
    List<String> all = List.of(StreamedEvent.Kind.values()).stream().map(Destination::name).toList();
    List<String> wanted = fields.texts("kinds", all.size(), CODE_CHARACTERS_MAX).orElse(all);
    if (wanted.isEmpty() || !all.containsAll(wanted)) {
      throw fields.refusal("kinds", "must be some of " + String.join(", ", all));
    }
    return wanted.stream().distinct().map(Destination::kind).toList();
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

  Destination destination(
      UUID organizationId, UUID id, String name, @Nullable Destination before) {
    boolean keeps = secrets == null && before != null && before.type().equals(type.name());
    return new Destination(
        organizationId,
        id,
        name,
        type.name(),
        format,
        settings,
        keeps ? before.sealedSecrets() : null,
        kinds,
        codes,
        enabled);
  }
}
