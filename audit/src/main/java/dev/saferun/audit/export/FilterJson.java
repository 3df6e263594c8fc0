package dev.saferun.audit.export;

import dev.saferun.audit.log.EventFilter;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a filter as {@link EventFilter#toJson} wrote it. */
final class FilterJson {

  private FilterJson() {}

  static EventFilter read(Map<String, @Nullable Object> json) {
    return new EventFilter(
        read(json, "code", text -> text),
        read(json, "outcome", text -> text),
        read(json, "actor", UUID::fromString),
        read(json, "target", text -> text),
        read(json, "request_id", text -> text),
        read(json, "from", Instant::parse),
        read(json, "to", Instant::parse));
  }

  private static <T> @Nullable T read(
      Map<String, @Nullable Object> json, String name, Function<String, T> reader) {
    return json.get(name) instanceof String text ? reader.apply(text) : null;
  }
}
