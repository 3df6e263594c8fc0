package dev.saferun.audit.delivery;

import dev.saferun.audit.format.EventFormat;
import dev.saferun.audit.log.Pace;
import dev.saferun.audit.sink.Message;
import dev.saferun.audit.stream.StreamReads;
import dev.saferun.audit.stream.StreamedEvent;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads what a destination gets next. */
@Singleton
class Batches {

  static final int EVENTS_MAX = 500;
  static final int BYTES_MAX = 1 << 20;

  private final StreamReads stream;
  private final Sinks sinks;
  private final Pace pace;

  Batches(StreamReads stream, Sinks sinks, Pace pace) {
    this.stream = stream;
    this.sinks = sinks;
    this.pace = pace;
  }

  /**
   * Messages to send, perhaps none.
   *
   * @param next where the cursor goes when they were taken; the same as before where nothing waits
   */
  record Batch(List<Message> messages, long next) {}

  CompletionStage<Batch> next(Destination destination, long cursor) {
    int most = pace.piece(EVENTS_MAX);
    return stream
        .end(destination.organizationId())
        .thenCompose(
            end ->
                stream
                    .read(destination.organizationId(), cursor, destination.kinds(), most)
                    .thenApply(events -> batch(destination, cursor, end, events, most)));
  }

  /** What comes between the end that was seen and the events that were read comes next time. */
  private Batch batch(
      Destination destination, long cursor, long end, List<StreamedEvent> events, int most) {
    EventFormat format = sinks.formatOf(destination);
    List<Message> messages = new ArrayList<>();
    long bytes = 0;
    for (StreamedEvent event : events) {
      if (bytes > BYTES_MAX) {
        return new Batch(messages, event.position());
      }
      if (destination.takes(event)) {
        Message message = new Message(event, format.write(event));
        messages.add(message);
        bytes += message.body().length;
      }
    }
    if (events.size() == most) {
      return new Batch(messages, events.getLast().position() + 1);
    }
    long last = events.isEmpty() ? cursor : events.getLast().position() + 1;
    return new Batch(messages, Math.max(end, last));
  }

  /** One event at its position. */
  CompletionStage<List<Message>> one(Destination destination, long position) {
    EventFormat format = sinks.formatOf(destination);
    return stream
        .read(destination.organizationId(), position, destination.kinds(), 1)
        .thenApply(
            events ->
                events.stream()
                    .filter(event -> event.position() == position)
                    .map(event -> new Message(event, format.write(event)))
                    .toList());
  }
}
