package dev.saferun.audit.sink;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One request an event, each after the one before was taken. What was taken of a batch that failed
 * is remembered until the batch is done: a receiver that fails now and then would otherwise never
 * see the end of a long one.
 */
final class WebhookSink implements Sink {

  private final HttpReceiver receiver;
  private final WebhookSignature signature;
  private final Clock clock;
  private final Words words;
  private final Set<UUID> taken = new HashSet<>();

  WebhookSink(HttpReceiver receiver, WebhookSignature signature, Clock clock, Words words) {
    this.receiver = receiver;
    this.signature = signature;
    this.clock = clock;
    this.words = words;
  }

  @Override
  public List<Refused> send(List<Message> batch) throws SinkException, InterruptedException {
    List<Refused> refused = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Message message = batch.get(i);
      if (taken.contains(message.event().id())) {
        continue;
      }
      HttpAnswer answer = post(message);
      if (answer.isSuccess()) {
        taken.add(message.event().id());
      } else {
        refused.add(refusal(i, answer));
      }
    }
    taken.clear();
    return refused;
  }

  private HttpAnswer post(Message message) throws SinkException, InterruptedException {
    String id = message.event().id().toString();
    long seconds = clock.instant().getEpochSecond();
    return receiver.post(
        "",
        Map.of(
            "Content-Type",
            Payload.contentType(message.body()),
            "webhook-id",
            id,
            "webhook-timestamp",
            Long.toString(seconds),
            "webhook-signature",
            signature.of(id, seconds, message.body())),
        message.body());
  }

  /** These three speak of the event; every other status speaks of the receiver. */
  private Refused refusal(int index, HttpAnswer answer) throws SinkException {
    return switch (answer.status()) {
      case 400, 413, 422 ->
          new Refused(
              index,
              "the receiver refuses the event ("
                  + answer.status()
                  + ")"
                  + words.after(answer.json().map(tree -> tree.get("error")).orElse(null)));
      default -> throw answer.fault();
    };
  }

  @Override
  public void close() {
    receiver.close();
  }
}
