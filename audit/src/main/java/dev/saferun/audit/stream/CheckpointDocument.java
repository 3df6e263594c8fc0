package dev.saferun.audit.stream;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A signature of the log as receivers get it: whoever keeps it can show a later cut or fork. */
final class CheckpointDocument {

  private CheckpointDocument() {}

  static Map<String, @Nullable Object> of(UUID organizationId, UUID id, Instant at, Row row) {
    String note = row.getString("note");
    List<String> lines = note.lines().toList();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", id.toString());
    document.put("at", at.toString());
    document.put("organization_id", organizationId.toString());
    document.put("kind", "checkpoint");
    document.put("code", "log.signed");
    document.put("size", row.getLong("number"));
    document.put("root", lines.get(2));
    document.put("note", note);
    return document;
  }
}
