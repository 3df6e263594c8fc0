package dev.saferun.audit.stream;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event at its place in its organization's stream.
 *
 * @param position from 0, without gaps; the order in which receivers get them
 * @param id the key by which a receiver knows an event that it has already
 * @param document the event as a JSON tree; its members are those of {@code docs/audit.md}
 */
public record StreamedEvent(
    UUID organizationId,
    long position,
    UUID id,
    Instant at,
    Kind kind,
    Map<String, @Nullable Object> document) {

  /** What an event tells of. */
  public enum Kind {
    /** A deed: somebody changed something or looked at it. */
    AUDIT,
    /** Something was stopped or warned of; it comes from another module. */
    DETECTION,
    /** The audit log was signed at a size. */
    CHECKPOINT;

    /** As it is written in the database and by the API. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Kind ofWire(String wire) {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    }
  }
}
