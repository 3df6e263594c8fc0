package dev.saferun.audit.sink;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * OpenTelemetry logs over HTTP. One header may carry a credential, since each collector's vendor
 * has its own name for it.
 */
final class OtlpType implements SinkType {

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

  private static final Set<String> OURS =
      Set.of("content-type", "content-encoding", "content-length", "host", "transfer-encoding");

  private final SinkSurroundings surroundings;

  OtlpType(SinkSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "otlp";
  }

  @Override
  public Set<String> secretNames() {
    return Set.of("header_value");
  }

  @Override
  public void check(SinkSettings settings) {
    open(settings).close();
  }

  @Override
  public Sink open(SinkSettings given) {
    Settings settings =
        Settings.read(
            given, Payload.names(HttpReceiver.SETTINGS, "header_name", "gzip"), secretNames());
    return new OtlpSink(
        HttpReceiver.of(settings, surroundings),
        headers(settings),
        settings.truth("gzip", true),
        new OtlpRecords(surroundings),
        settings.words());
  }

  private static Map<String, String> headers(Settings settings) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", OtlpSink.PROTOBUF);
    String name = settings.text("header_name", HEADER, "the name of a header").orElse("");
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw settings.refusal("header_name", "must not be a header of HTTP itself");
    }
    if (!name.isEmpty()) {
      headers.put(name, settings.requiredSecret("header_value"));
    } else if (settings.secret("header_value").isPresent()) {
      throw settings.refusal("header_name", "is missing beside the secret header_value");
    }
    return headers;
  }
}
