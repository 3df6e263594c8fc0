package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import java.util.Optional;

/** A form in which events leave. It is pure: the same event gives the same bytes. */
public interface EventFormat {

  /** As it is written in a destination or an export, such as {@code ocsf}. */
  String name();

  /** What stands above all events of a file, such as the names of columns. */
  default Optional<byte[]> header() {
    return Optional.empty();
  }

  /** One event, without a line break at its end and with none in it. */
  byte[] write(StreamedEvent event);
}
