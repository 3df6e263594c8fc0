package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.CanonicalJson;

/** The document itself as canonical JSON (RFC 8785): its hash is the same wherever it is made. */
final class JsonFormat implements EventFormat {

  @Override
  public String name() {
    return "json";
  }

  @Override
  public byte[] write(StreamedEvent event) {
    return CanonicalJson.write(WritableTree.of(event.document()));
  }
}
