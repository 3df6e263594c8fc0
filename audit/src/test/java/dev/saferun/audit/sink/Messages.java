package dev.saferun.audit.sink;

import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.CanonicalJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events of one organization, in our JSON. */
final class Messages {

  private static final Instant START = Instant.parse("2026-11-28T10:00:00.123456789Z");

  private Messages() {}

  static List<Message> of(int count) {
    return of(UUID.randomUUID(), 0, count);
  }

  static List<Message> of(UUID organization, int from, int count) {
    List<Message> messages = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      messages.add(message(organization, i));
    }
    return messages;
  }

  private static Message message(UUID organization, int position) {
    UUID id = UUID.randomUUID();
    Instant at = START.plusMillis(position);
    Map<String, @Nullable Object> document =
        Map.of(
            "id",
            id.toString(),
            "code",
            "key.created",
            "organization_id",
            organization.toString(),
            "position",
            (long) position,
            "@timestamp",
            at.toString(),
            "note",
            "Schlüssel „neu“ \u2028 \\ \" ]");
    StreamedEvent event =
        new StreamedEvent(organization, position, id, at, StreamedEvent.Kind.AUDIT, document);
    return new Message(event, CanonicalJson.write(document));
  }

  static List<String> bodies(List<Message> messages) {
    return messages.stream().map(message -> Payload.text(message.body())).toList();
  }

  static UUID organization(List<Message> messages) {
    return messages.getFirst().event().organizationId();
  }
}
