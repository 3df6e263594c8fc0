package dev.saferun.audit.sink;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Elasticsearch and OpenSearch: an index or a data stream, written by the bulk API. A data stream
 * wants {@code @timestamp}, which the format {@code ecs} has, and knows an id again only within its
 * newest index: a resend over a rollover doubles.
 */
final class ElasticsearchType implements SinkType {

  private static final Pattern INDEX = Pattern.compile("[a-z0-9][a-z0-9._-]{0,254}");

  private final SinkSurroundings surroundings;

  ElasticsearchType(SinkSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "elasticsearch";
  }

  @Override
  public Set<String> secretNames() {
    return Set.of("password", "api_key");
  }

  @Override
  public void check(SinkSettings settings) {
    open(settings).close();
  }

  @Override
  public Sink open(SinkSettings given) {
    Settings settings =
        Settings.read(
            given, Payload.names(HttpReceiver.SETTINGS, "index", "username"), secretNames());
    String index =
        settings
            .text("index", INDEX, "a name of small letters, digits, points, hyphens and _")
            .orElseThrow(() -> settings.refusal("index", "is missing"));
    Optional<String> authorization = authorization(settings);
    return new ElasticsearchSink(
        HttpReceiver.of(settings, surroundings),
        index,
        Payload.headers(authorization),
        settings.words(
            authorization.map(ElasticsearchType::credential).stream().toArray(String[]::new)));
  }

  /** Behind the scheme. */
  private static String credential(String authorization) {
    return authorization.substring(authorization.indexOf(' ') + 1);
  }

  private static Optional<String> authorization(Settings settings) {
    Optional<String> user = settings.printable("username");
    Optional<String> key = settings.secret("api_key");
    if (user.isPresent() && key.isPresent()) {
      throw settings.secretRefusal("api_key", "must not stand beside a username");
    }
    if (user.isEmpty()) {
      if (settings.secret("password").isPresent()) {
        throw settings.refusal("username", "is missing beside a password");
      }
      return key.map(value -> "ApiKey " + value);
    }
    String both = user.get() + ":" + settings.requiredSecret("password");
    return Optional.of(
        "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
  }
}
