package dev.saferun.audit.sink;

import dev.saferun.audit.stream.StreamedEvent;

/** An event with its bytes in the destination's format. */
public record Message(StreamedEvent event, byte[] body) {}
