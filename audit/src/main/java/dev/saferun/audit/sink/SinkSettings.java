package dev.saferun.audit.sink;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a receiver is reached.
 *
 * @param settings a JSON tree
 * @param secrets the credentials by name; never logged
 */
public record SinkSettings(Map<String, @Nullable Object> settings, Map<String, String> secrets) {

  @Override
  public String toString() {
    return "SinkSettings[" + settings.keySet() + "]";
  }
}
