package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.CanonicalJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Elastic Common Schema, for Elasticsearch and OpenSearch. What it has no field for stands below
 * {@code saferun}, where each field has one type for ever: trees of no fixed shape are texts there,
 * because an index refuses an event in which a field is a text that was an object before.
 */
final class EcsFormat implements EventFormat {

  static final String ECS_VERSION = "8.17.0";

  private final Product product;

  EcsFormat(Product product) {
    this.product = product;
  }

  @Override
  public String name() {
    return "ecs";
  }

  @Override
  public byte[] write(StreamedEvent event) {
    return CanonicalJson.write(members(EventDocument.of(event)).tree());
  }

  private Members members(EventDocument event) {
    return new Members()
        .with("@timestamp", event.event().at().toString())
        .with("ecs", Map.of("version", ECS_VERSION))
        .with("message", Wording.message(event))
        .with("event", event(event).tree())
        .with("organization", Map.of("id", event.organizationId()))
        .with("observer", observer().tree())
        .withAny("user", user(event))
        .withAny("source", source(event))
        .withAny("http", http(event))
        .withAny("rule", rule(event))
        .withAny("related", related(event))
        .with(Product.WORD, EcsRest.of(event).tree());
  }

  private static Members event(EventDocument event) {
    EcsCategory category = EcsCategory.of(event);
    return new Members()
        .with("id", event.id())
        .with("kind", category.kind())
        .with("category", category.categories())
        .with("type", category.types())
        .with("action", event.code().text())
        .with("outcome", event.outcome().lower())
        .with("severity", Severity.of(event).cefLevel())
        .with("sequence", event.event().position())
        .with("module", Product.WORD)
        .with("dataset", Product.WORD + "." + event.kind());
  }

  private Members observer() {
    return new Members()
        .with("vendor", Product.VENDOR)
        .with("product", Product.NAME)
        .with("version", product.version());
  }

  private static Members user(EventDocument event) {
    Map<String, @Nullable Object> who = event.actor();
    return new Members()
        .with("id", EventDocument.textIn(who, "id"))
        .with("name", EventDocument.textIn(who, "name"))
        .withAny("roles", strings(who, "kind"));
  }

  private static Members source(EventDocument event) {
    return new Members().with("address", event.text("address")).with("ip", ip(event));
  }

  /** An index refuses an event in which something else stands here. */
  private static @Nullable String ip(EventDocument event) {
    String address = event.text("address");
    boolean isIp = address != null && AddressKind.of(address) != AddressKind.OTHER;
    return isIp ? address : null;
  }

  private static Members http(EventDocument event) {
    return new Members().withAny("request", new Members().with("id", event.text("request_id")));
  }

  private static Members rule(EventDocument event) {
    List<Map<String, @Nullable Object>> reasons = event.objects("reasons");
    Map<String, @Nullable Object> first = reasons.isEmpty() ? Map.of() : reasons.getFirst();
    return new Members()
        .with("id", EventDocument.textIn(first, "id"))
        .with("name", EventDocument.textIn(first, "title"))
        .with("category", EventDocument.textIn(first, "kind"));
  }

  private static Members related(EventDocument event) {
    return new Members()
        .withAny("user", strings(event.actor(), "id", "name"))
        .withAny("ip", Stream.ofNullable(ip(event)).toList());
  }

  private static List<String> strings(Map<String, @Nullable Object> tree, String... names) {
    return Stream.of(names)
        .map(name -> EventDocument.maybeIn(tree, name))
        .flatMap(Optional::stream)
        .toList();
  }
}
