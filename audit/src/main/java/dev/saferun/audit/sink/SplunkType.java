package dev.saferun.audit.sink;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Splunk's HTTP Event Collector. Its token should have indexer acknowledgement on; {@code
 * acknowledgement: false} gives up the receipt and takes the 200 for one, which is given before
 * anything is durable.
 */
final class SplunkType implements SinkType {

  private static final int SECONDS_MAX = 600;
  private static final int SECONDS = 120;

  private final SinkSurroundings surroundings;

  SplunkType(SinkSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "splunk_hec";
  }

  @Override
  public Set<String> secretNames() {
    return Set.of("token");
  }

  @Override
  public void check(SinkSettings settings) {
    open(settings).close();
  }

  @Override
  public Sink open(SinkSettings given) {
    Settings settings =
        Settings.read(
            given,
            Payload.names(
                HttpReceiver.SETTINGS,
                "index",
                "source",
                "sourcetype",
                "gzip",
                "acknowledgement",
                "acknowledgement_seconds"),
            secretNames());
    SplunkChannel channel =
        new SplunkChannel(
            HttpReceiver.of(settings, surroundings),
            settings.requiredSecret("token"),
            settings.truth("gzip", true),
            settings.words());
    return new SplunkSink(
        channel,
        metadata(settings),
        settings.truth("acknowledgement", true),
        settings.whole("acknowledgement_seconds", 1, SECONDS_MAX, SECONDS));
  }

  private Map<String, Object> metadata(Settings settings) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("host", surroundings.hostname());
    metadata.put("source", settings.printable("source").orElse("saferun"));
    metadata.put("sourcetype", settings.printable("sourcetype").orElse("saferun:audit"));
    settings.printable("index").ifPresent(index -> metadata.put("index", index));
    return metadata;
  }
}
