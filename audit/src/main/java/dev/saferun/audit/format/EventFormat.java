package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import java.util.Optional;

/** A form in which events leave. It is pure: the same event gives the same bytes. */
public interface EventFormat {

  /** As it is written in a destination or an export, such as {@code ocsf}. */
  String name();

  /** The line that a file of these events begins with, without its end, where the form has one. */
  default Optional<byte[]> header() {
    return Optional.empty();
  }

  /**
   * One event, without a line break at its end and with none in it. It never throws for what stands
   * in a document: what is missing is left out, what is odd is written as a text.
   */
  byte[] write(StreamedEvent event);
}
