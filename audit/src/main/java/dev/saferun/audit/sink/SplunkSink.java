package dev.saferun.audit.sink;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Posts a batch, then asks until the indexers have it. The collector stops at the first event that
 * it cannot take and names it: that one is refused and the rest is posted again, so those before it
 * may be doubled; each has its id in the indexed field {@code event_id}.
 */
final class SplunkSink implements Sink {

  /** A message and its place in the batch, which stays while others are taken out. */
  private record Numbered(int index, Message message) {}

  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final SplunkChannel channel;
  private final Map<String, Object> metadata;
  private final boolean acknowledged;
  private final int acknowledgementSeconds;

  SplunkSink(
      SplunkChannel channel,
      Map<String, Object> metadata,
      boolean acknowledged,
      int acknowledgementSeconds) {
    this.channel = channel;
    this.metadata = metadata;
    this.acknowledged = acknowledged;
    this.acknowledgementSeconds = acknowledgementSeconds;
  }

  @Override
  public List<Refused> send(List<Message> batch) throws SinkException, InterruptedException {
    return Halves.send(batch, this::post);
  }

  private Optional<List<Refused>> post(List<Message> part)
      throws SinkException, InterruptedException {
    List<Refused> refused = new ArrayList<>();
    List<Numbered> left = new ArrayList<>();
    for (Message message : part) {
      left.add(new Numbered(left.size(), message));
    }
    while (!left.isEmpty()) {
      SplunkChannel.Reply reply = channel.event(events(left));
      if (reply.answer().isTooLarge()) {
        return Optional.empty();
      }
      if (reply.answer().isSuccess()) {
        await(reply);
        break;
      }
      Numbered faulty = left.remove(faulty(reply, left.size()));
      refused.add(
          new Refused(faulty.index(), "Splunk cannot take the event" + channel.said(reply)));
    }
    return Optional.of(refused);
  }

  private static int faulty(SplunkChannel.Reply reply, int count) throws SinkException {
    if (SplunkCode.isAboutAnEvent(reply.code())
        && reply.tree().get("invalid-event-number") instanceof Long number
        && number >= 0
        && number < count) {
      return number.intValue();
    }
    throw SplunkCode.fault(reply);
  }

  private byte[] events(List<Numbered> left) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    left.forEach(one -> write(one.message(), out));
    return out.toByteArray();
  }

  private void write(Message message, ByteArrayOutputStream out) {
    Map<String, Object> envelope = new LinkedHashMap<>(metadata);
    envelope.put(
        "fields",
        Map.of(
            "event_id",
            message.event().id().toString(),
            "position",
            Long.toString(message.event().position())));
    byte[] head = Payload.json(envelope);
    out.write(head, 0, head.length - 1);
    out.writeBytes(Payload.ascii(",\"time\":" + seconds(message.event().at()) + ",\"event\":"));
    Payload.writeValue(message.body(), out);
    out.write('}');
  }

  private static String seconds(Instant at) {
    return BigDecimal.valueOf(at.toEpochMilli(), 3).toPlainString();
  }

  private void await(SplunkChannel.Reply reply) throws SinkException, InterruptedException {
    if (!acknowledged) {
      return;
    }
    if (!(reply.tree().get("ackId") instanceof Long ackId)) {
      throw reply.code() == 0
          ? SplunkCode.fault(new SplunkChannel.Reply(reply.answer(), reply.tree(), 14))
          : new SinkException("the receiver's answer is not one of an event collector");
    }
    long end = System.nanoTime() + Duration.ofSeconds(acknowledgementSeconds).toNanos();
    Duration wait = FIRST_WAIT;
    while (!isIndexed(ackId)) {
      if (System.nanoTime() - end >= 0) {
        throw new SinkException(
            "Splunk took the events but did not index them within "
                + acknowledgementSeconds
                + " s");
      }
      Thread.sleep(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private boolean isIndexed(long ackId) throws SinkException, InterruptedException {
    SplunkChannel.Reply reply =
        channel.acknowledgement(Payload.json(Map.of("acks", List.of(ackId))));
    if (!reply.answer().isSuccess()) {
      throw SplunkCode.fault(reply);
    }
    return reply.tree().get("acks") instanceof Map<?, ?> acks
        && Boolean.TRUE.equals(acks.get(Long.toString(ackId)));
  }

  @Override
  public void close() {
    channel.close();
  }
}
