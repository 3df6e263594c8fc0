package dev.saferun.audit.sink;

import dev.saferun.platform.AddressGuard;
import dev.saferun.platform.AddressRefusedException;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Judges the brokers that a cluster names of itself, before a record goes to any of them: the
 * client follows them wherever they are, so a server that is allowed could lead it anywhere. The
 * partitioner is the one place at which the client shows all of them. It is public for Kafka's
 * client alone, which makes it.
 */
public final class VettedBrokers implements Partitioner {

  /** A broker stands at an address that may not be called. */
  static final class RefusedBrokerException extends KafkaException {
    private static final long serialVersionUID = 1;
  }

  static final String GUARD = "saferun.address.guard";

  private @Nullable AddressGuard guard;
  private @Nullable Cluster vetted;

  /** For Kafka's client. */
  public VettedBrokers() {}

  @Override
  public void configure(Map<String, ?> configuration) {
    guard = (AddressGuard) configuration.get(GUARD);
  }

  /** By the key, as Kafka's own partitioner does: one organization's events stay in order. */
  @Override
  public int partition(
      String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
    if (!cluster.equals(vetted)) {
      cluster.nodes().forEach(this::vet);
      vetted = cluster;
    }
    return Utils.toPositive(Utils.murmur2(keyBytes)) % cluster.partitionsForTopic(topic).size();
  }

  private void vet(Node node) {
    try {
      Objects.requireNonNull(guard).pin(node.host(), node.port());
    } catch (AddressRefusedException refused) {
      throw new RefusedBrokerException();
    }
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
