package dev.saferun.audit.sink;

import dev.saferun.platform.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** A topic of Kafka; over TLS, with or without SASL. */
final class KafkaType implements SinkType {

  private static final Set<String> SETTINGS =
      Set.of(
          "bootstrap_servers",
          "topic",
          "transport",
          "allow_plaintext",
          "ca",
          "timeout_seconds",
          "sasl_mechanism",
          "username",
          "compression");

  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
  private static final int SERVERS_MAX = 10;

  private final SinkSurroundings surroundings;

  KafkaType(SinkSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public Set<String> secretNames() {
    return Set.of("password");
  }

  @Override
  public void check(SinkSettings settings) {
    open(settings).close();
  }

  @Override
  public Sink open(SinkSettings given) {
    Settings settings = Settings.read(given, SETTINGS, secretNames());
    String topic =
        settings
            .text("topic", TOPIC, "a name of letters, digits, points, hyphens and _")
            .orElseThrow(() -> settings.refusal("topic", "is missing"));
    boolean tls = settings.isTls();
    Map<String, Object> properties = new HashMap<>(sasl(settings, tls));
    properties.put(
        ProducerConfig.COMPRESSION_TYPE_CONFIG, settings.choice("compression", "none", "gzip"));
    settings.pem("ca").ifPresent(authorities -> trust(settings, authorities, properties));
    return new KafkaSink(
        new KafkaProducers(
            surroundings.guard(), servers(settings), tls, properties, settings.timeout()),
        topic,
        settings.timeout());
  }

  private List<Target> servers(Settings settings) {
    List<Target> servers = new ArrayList<>();
    for (String text : settings.texts("bootstrap_servers", SERVERS_MAX)) {
      String pointer = "/settings/bootstrap_servers/" + servers.size();
      servers.add(Settings.hostAndPort(text, surroundings.guard(), pointer));
    }
    return servers;
  }

  private static Map<String, Object> sasl(Settings settings, boolean tls) {
    String mechanism =
        settings.choice("sasl_mechanism", "none", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");
    String encryption = tls ? "SSL" : "PLAINTEXT";
    if (mechanism.equals("none")) {
      if (settings.has("username") || settings.secret("password").isPresent()) {
        throw settings.refusal("sasl_mechanism", "is missing beside a username or password");
      }
      return Map.of(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, encryption);
    }
    String user =
        settings
            .printable("username")
            .orElseThrow(() -> settings.refusal("username", "is missing"));
    return Map.of(
        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
        "SASL_" + encryption,
        SaslConfigs.SASL_MECHANISM,
        mechanism,
        SaslConfigs.SASL_JAAS_CONFIG,
        "org.apache.kafka.common.security."
            + (mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule")
            + " required username="
            + quoted(user)
            + " password="
            + quoted(settings.requiredSecret("password"))
            + ";");
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static void trust(Settings settings, String authorities, Map<String, Object> properties) {
    Tls.context(settings);
    properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
    properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, authorities);
  }
}
