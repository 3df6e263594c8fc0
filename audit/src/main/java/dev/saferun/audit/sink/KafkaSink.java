package dev.saferun.audit.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Produces a batch and waits until all in-sync replicas have it. The key is the organization's id,
 * the header {@code event_id} names the event. After a failure the producer is thrown away with all
 * that it knew of the cluster.
 */
final class KafkaSink implements Sink {

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final KafkaProducers producers;
  private final String topic;
  private final Duration timeout;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  KafkaSink(KafkaProducers producers, String topic, Duration timeout) {
    this.producers = producers;
    this.topic = topic;
    this.timeout = timeout;
  }

  @Override
  public List<Refused> send(List<Message> batch) throws SinkException, InterruptedException {
    if (batch.isEmpty()) {
      return List.of();
    }
    boolean delivered = false;
    try {
      KafkaProducer<byte[], byte[]> open = producer();
      try (Deadline deadline = Deadline.after(timeout, () -> open.close(Duration.ZERO))) {
        List<Refused> refused = produce(open, batch, deadline);
        delivered = true;
        return refused;
      }
    } catch (KafkaException fault) {
      throw reason(fault);
    } finally {
      if (!delivered) {
        discard(Duration.ZERO);
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() throws SinkException {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open == null) {
      open = producers.open();
      producer = open;
    }
    return open;
  }

  private List<Refused> produce(
      KafkaProducer<byte[], byte[]> open, List<Message> batch, Deadline deadline)
      throws SinkException, InterruptedException {
    try {
      // One failure here, or each record would wait for the cluster on its own.
      open.partitionsFor(topic);
      List<Future<RecordMetadata>> sent = new ArrayList<>(batch.size());
      for (Message message : batch) {
        sent.add(open.send(record(message)));
      }
      open.flush();
      if (deadline.hasPassed()) {
        throw Faults.late(timeout);
      }
      return refused(sent);
    } catch (InterruptException stopping) {
      Thread.interrupted();
      throw new InterruptedException();
    } catch (KafkaException fault) {
      throw deadline.hasPassed() ? Faults.late(timeout) : reason(fault);
    }
  }

  private ProducerRecord<byte[], byte[]> record(Message message) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            null,
            message.event().at().toEpochMilli(),
            Payload.ascii(message.event().organizationId().toString()),
            message.body());
    record.headers().add("event_id", Payload.ascii(message.event().id().toString()));
    record.headers().add("position", Payload.ascii(Long.toString(message.event().position())));
    return record;
  }

  private static List<Refused> refused(List<Future<RecordMetadata>> sent)
      throws InterruptedException {
    List<Refused> refused = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      try {
        sent.get(i).get();
      } catch (ExecutionException fault) {
        if (!(fault.getCause() instanceof RecordTooLargeException)) {
          throw fault.getCause() instanceof KafkaException known
              ? known
              : new KafkaException(fault.getCause());
        }
        refused.add(new Refused(i, "the event is larger than the topic takes"));
      }
    }
    return refused;
  }

  /** In our own words: those of the client hold addresses. */
  private static SinkException reason(KafkaException fault) {
    if (fault instanceof VettedBrokers.RefusedBrokerException) {
      return new SinkException(
          "the cluster names a broker at an address that cannot be found or is not allowed");
    }
    if (fault instanceof AuthenticationException) {
      return new SinkException("the cluster does not accept the credentials, or TLS failed");
    }
    if (fault instanceof AuthorizationException) {
      return new SinkException("the user may not write to the topic");
    }
    if (fault instanceof UnknownTopicOrPartitionException) {
      return new SinkException("the cluster has no such topic");
    }
    return new SinkException("the cluster cannot be reached or did not take the events in time");
  }

  @Override
  public void close() {
    discard(CLOSE_PATIENCE);
  }

  private void discard(Duration patience) {
    KafkaProducer<byte[], byte[]> open = producer;
    producer = null;
    if (open != null) {
      open.close(patience);
    }
  }
}
