package dev.saferun.audit.sink;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table of all protocols. */
public final class SinkTypes {

  private final Map<String, SinkType> byName = new TreeMap<>();

  public SinkTypes(SinkSurroundings surroundings) {
    List.of(
            new ElasticsearchType(surroundings),
            new FileType(surroundings),
            new KafkaType(surroundings),
            new OtlpType(surroundings),
            new S3Type(surroundings),
            new SplunkType(surroundings),
            new SyslogType(surroundings),
            new WebhookType(surroundings))
        .forEach(type -> byName.put(type.name(), type));
  }

  /** By the name that a destination has. */
  public Optional<SinkType> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** In the order of their names. */
  public List<SinkType> all() {
    return List.copyOf(byName.values());
  }
}
