package dev.saferun.audit.sink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A real Kafka of one node on this machine, with a plain listener and one of TLS that wants a user.
 */
final class KafkaBroker implements AutoCloseable {

  static final String TOPIC = "events";
  static final String USER = "alice";
  static final String PASSWORD = "canary-\\-\"-password";

  private final PeerProcess process;
  private final int plainPort;
  private final int securePort;

  private KafkaBroker(PeerProcess process, int plainPort, int securePort) {
    this.process = process;
    this.plainPort = plainPort;
    this.securePort = securePort;
  }

  static KafkaBroker start(Path directory, Certificates certificates) throws Exception {
    int plain = Surroundings.freePort();
    int secure = Surroundings.freePort();
    Path both = directory.resolve("both.pem");
    Files.writeString(
        both, Files.readString(certificates.serverKey()) + Files.readString(certificates.server()));
    Path configuration =
        Files.writeString(
            directory.resolve("server.properties"),
            configuration(directory, plain, secure, Surroundings.freePort(), both));
    PeerFiles.run(
        java(
            "kafka.tools.StorageTool",
            "format",
            "--cluster-id",
            "MkU3OEVBNTcwNTJENDM2Qk",
            "--config",
            configuration.toString(),
            "--add-scram",
            "SCRAM-SHA-256=[name=%s,password=%s]".formatted(USER, PASSWORD)));
    PeerProcess process =
        PeerProcess.start(
            directory, java("kafka.Kafka", configuration.toString()), Map.of(), plain, secure);
    KafkaBroker broker = new KafkaBroker(process, plain, secure);
    broker.prepare();
    return broker;
  }

  private static List<String> java(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(PeerFiles.java(), "-Xmx512m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", PeerFiles.classPath("kafka")));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String configuration(
      Path directory, int plain, int secure, int controller, Path both) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%3$d
        controller.listener.names=CONTROLLER
        listeners=PLAIN://127.0.0.1:%1$d,SECURE://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
        listener.security.protocol.map=PLAIN:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT
        inter.broker.listener.name=PLAIN
        sasl.enabled.mechanisms=SCRAM-SHA-256,PLAIN
        listener.name.secure.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
        listener.name.secure.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_%5$s=%6$s;
        ssl.keystore.type=PEM
        ssl.keystore.location=%7$s
        log.dirs=%4$s/logs
        offsets.topic.replication.factor=1
        auto.create.topics.enable=false
        group.initial.rebalance.delay.ms=0
        """
        .formatted(
            plain,
            secure,
            controller,
            directory,
            USER,
            "\"" + PASSWORD.replace("\\", "\\\\\\\\").replace("\"", "\\\\\"") + "\"",
            both);
  }

  private void prepare() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", plain()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1))).all().get();
      admin
          .createTopics(
              List.of(
                  new NewTopic("small", 1, (short) 1)
                      .configs(Map.of("max.message.bytes", "100000"))))
          .all()
          .get();
    }
  }

  String plain() {
    return "127.0.0.1:" + plainPort;
  }

  String secure() {
    return "127.0.0.1:" + securePort;
  }

  /** Every record of an organization in the topic, in the order of its partition. */
  List<ConsumerRecord<String, String>> records(UUID organization) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", plain()),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, String>> found = new ArrayList<>();
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      return found.stream().filter(one -> organization.toString().equals(one.key())).toList();
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
