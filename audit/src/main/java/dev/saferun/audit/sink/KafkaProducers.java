package dev.saferun.audit.sink;

import dev.saferun.platform.AddressGuard;
import dev.saferun.platform.AddressRefusedException;
import dev.saferun.platform.Pinned;
import dev.saferun.platform.Target;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes producers that keep the order and decide nothing by themselves: one request at a time, no
 * retry, since the stream sends again from its cursor. Kafka's client resolves names itself, so a
 * pin goes as far as it lets us: without TLS the first servers are given as the judged addresses;
 * with TLS by name, which the server's certificate must then prove.
 */
final class KafkaProducers {

  /** The client asks a broker for news on a timer; a day is longer than any batch. */
  private static final Duration METADATA_LIVES = Duration.ofDays(1);

  /** What Kafka's client wants an attempt to have beyond the request itself. */
  private static final Duration DELIVERY_MARGIN = Duration.ofSeconds(1);

  private static final int LINGER_MILLIS = 5;

  private final AddressGuard guard;
  private final List<Target> servers;
  private final boolean tls;
  private final Map<String, Object> properties;

  KafkaProducers(
      AddressGuard guard,
      List<Target> servers,
      boolean tls,
      Map<String, Object> properties,
      Duration timeout) {
    this.guard = guard;
    this.servers = List.copyOf(servers);
    this.tls = tls;
    this.properties = new HashMap<>(properties);
    this.properties.putAll(fixed(timeout));
  }

  private static Map<String, Object> fixed(Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    Map<String, Object> fixed = new HashMap<>();
    fixed.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    fixed.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    fixed.put(ProducerConfig.ACKS_CONFIG, "all");
    fixed.put(ProducerConfig.RETRIES_CONFIG, 0);
    fixed.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    fixed.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    fixed.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    fixed.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
    fixed.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    fixed.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        Math.toIntExact(timeout.plus(DELIVERY_MARGIN).toMillis()));
    fixed.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, Math.toIntExact(METADATA_LIVES.toMillis()));
    // Measurements that a broker may order, and those for JMX.
    fixed.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    fixed.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    fixed.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, VettedBrokers.class);
    return fixed;
  }

  /** Judges the first servers anew; those that they name are judged by {@link VettedBrokers}. */
  KafkaProducer<byte[], byte[]> open() throws SinkException {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap());
    all.put(VettedBrokers.GUARD, guard);
    return new KafkaProducer<>(all);
  }

  private List<String> bootstrap() throws SinkException {
    List<String> addresses = new ArrayList<>();
    for (Target server : servers) {
      Pinned pinned = pin(server);
      addresses.add(
          (tls ? bracketed(server.host()) : bracketed(text(pinned.addresses().getFirst())))
              + ":"
              + server.port());
    }
    return addresses;
  }

  private Pinned pin(Target server) throws SinkException {
    try {
      return guard.pin(server.host(), server.port());
    } catch (AddressRefusedException refused) {
      throw new SinkException(String.valueOf(refused.getMessage()));
    }
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = address instanceof Inet6Address ? text.indexOf('%') : -1;
    return zone < 0 ? text : text.substring(0, zone);
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
