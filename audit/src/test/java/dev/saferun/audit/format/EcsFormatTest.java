package dev.saferun.audit.format;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.audit.stream.StreamedEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EcsFormatTest {

  private static final EcsFormat ECS = new EcsFormat(new Product("0.1.0"));

  /** The fields of ECS that we use; what is ours stands below {@code saferun}. */
  private static final Set<String> FIELDS =
      Set.of(
          "@timestamp",
          "message",
          "ecs.version",
          "event.id",
          "event.kind",
          "event.category",
          "event.type",
          "event.action",
          "event.outcome",
          "event.severity",
          "event.sequence",
          "event.module",
          "event.dataset",
          "organization.id",
          "observer.vendor",
          "observer.product",
          "observer.version",
          "user.id",
          "user.name",
          "user.roles",
          "source.address",
          "source.ip",
          "http.request.id",
          "rule.id",
          "rule.name",
          "rule.category",
          "related.user",
          "related.ip");

  /** Which types the schema expects in a category. */
  private static final Map<String, Set<String>> TYPES =
      Map.ofEntries(
          entry(
              "api",
              Set.of(
                  "access",
                  "admin",
                  "allowed",
                  "change",
                  "creation",
                  "deletion",
                  "denied",
                  "end",
                  "info",
                  "start",
                  "user")),
          entry("authentication", Set.of("start", "end", "info")),
          entry("configuration", Set.of("access", "change", "creation", "deletion", "info")),
          entry("database", Set.of("access", "change", "info", "error")),
          entry("host", Set.of("access", "change", "end", "info", "start")),
          entry("iam", Set.of("admin", "change", "creation", "deletion", "group", "info", "user")),
          entry("intrusion_detection", Set.of("allowed", "denied", "info")));

  @Test
  void aDeedStandsInTheFieldsOfTheSchema() {
    assertThat(fields(Events.deed("key.created")))
        .containsEntry("@timestamp", "2026-11-02T10:20:30.123456Z")
        .containsEntry("event.kind", "event")
        .containsEntry("event.category", List.of("configuration"))
        .containsEntry("event.type", List.of("creation"))
        .containsEntry("event.action", "key.created")
        .containsEntry("event.outcome", "success")
        .containsEntry("user.name", "Ada")
        .containsEntry("source.ip", "192.0.2.7")
        .containsEntry("http.request.id", "req-7")
        .containsEntry("saferun.target.id", "0198-key")
        .containsEntry("saferun.before", "{\"name\":\"old\"}")
        .containsEntry("saferun.log.index", 12L);
  }

  @Test
  void aDetectionIsAnAlert() {
    assertThat(fields(Events.detection()))
        .containsEntry("event.kind", "alert")
        .containsEntry("event.type", List.of("denied"))
        .containsEntry("user.id", "teller")
        .containsEntry("rule.id", "limit")
        .containsEntry("rule.name", "Not above the limit")
        .containsEntry("saferun.links.decision_id", "0198-decision")
        .containsEntry("saferun.confidence", 0.93);
  }

  @Test
  void everyEventUsesOnlyFieldsOfTheSchemaOrOurs() {
    assertThat(events().flatMap(event -> fields(event).keySet().stream()).distinct())
        .allMatch(field -> FIELDS.contains(field) || field.startsWith("saferun."));
  }

  @Test
  void everyTypeIsOneOfItsCategory() {
    events().map(EcsFormatTest::fields).forEach(EcsFormatTest::assertSorted);
  }

  private static void assertSorted(Map<String, Object> fields) {
    List<String> types = strings(fields.get("event.type"));
    assertThat(strings(fields.get("event.category")))
        .isNotEmpty()
        .allSatisfy(category -> assertThat(TYPES.get(category)).containsAll(types));
  }

  @Test
  void noFieldHasTwoTypes() {
    Map<String, Class<?>> types = new HashMap<>();
    events()
        .flatMap(event -> fields(event).entrySet().stream())
        .forEach(field -> assertThat(type(field.getValue())).isEqualTo(known(types, field)));
  }

  private static Class<?> known(Map<String, Class<?>> types, Map.Entry<String, Object> field) {
    return types.computeIfAbsent(field.getKey(), name -> type(field.getValue()));
  }

  /** A list has the type of what is in it; whole numbers and others are the same to an index. */
  private static Class<?> type(Object value) {
    return switch (value) {
      case List<?> list -> type(list.getFirst());
      case Number number -> Number.class;
      default -> value.getClass();
    };
  }

  private static List<String> strings(@Nullable Object list) {
    return list instanceof List<?> texts
        ? texts.stream().map(String.class::cast).toList()
        : List.of();
  }

  private static Stream<StreamedEvent> events() {
    return Stream.concat(Events.all().stream(), OddEvents.first(2_000));
  }

  /** The values by their dotted names, as an index sees them. */
  private static Map<String, Object> fields(StreamedEvent event) {
    Map<String, Object> fields = new HashMap<>();
    walk("", JsonObjects.parse(ECS.write(event)), fields::put);
    return fields;
  }

  private static void walk(String at, Map<?, ?> object, BiConsumer<String, Object> found) {
    object.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> inner) {
            walk(at + name + ".", inner, found);
          } else {
            found.accept(at + name, value);
          }
        });
  }
}
