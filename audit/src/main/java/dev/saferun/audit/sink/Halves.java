package dev.saferun.audit.sink;

import dev.saferun.audit.sink.Sink.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends a batch in as few requests as the receiver takes: one that it finds too large is sent again
 * in halves, down to the single event that will never fit. Where the limit lies is known to no one
 * beforehand: it is that of the smallest proxy on the way.
 */
final class Halves {

  /** One request for some messages in a row. */
  interface Request {

    /** The refused ones by their place in {@code part}; empty: send it in halves. */
    Optional<List<Refused>> send(List<Message> part) throws SinkException, InterruptedException;
  }

  private final Request request;
  private final List<Refused> refused = new ArrayList<>();

  private Halves(Request request) {
    this.request = request;
  }

  static List<Refused> send(List<Message> batch, Request request)
      throws SinkException, InterruptedException {
    Halves halves = new Halves(request);
    if (!batch.isEmpty()) {
      halves.send(batch, 0);
    }
    return halves.refused;
  }

  private void send(List<Message> part, int offset) throws SinkException, InterruptedException {
    Optional<List<Refused>> answer = request.send(part);
    if (answer.isPresent()) {
      answer.get().forEach(one -> refused.add(new Refused(offset + one.index(), one.reason())));
    } else if (part.size() == 1) {
      refused.add(new Refused(offset, "the receiver finds the event too large"));
    } else {
      int half = part.size() / 2;
      send(part.subList(0, half), offset);
      send(part.subList(half, part.size()), offset + half);
    }
  }
}
