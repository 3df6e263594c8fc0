package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What ECS has no field for. The type of each field here is fixed. */
final class EcsRest {

  private static final List<String> TEXTS =
      List.of(
          "at",
          "code",
          "title",
          "severity",
          "disposition",
          "project",
          "environment",
          "before",
          "after",
          "reasons",
          "root",
          "note");

  private static final List<String> NUMBERS = List.of("size", "confidence");

  /** Objects whose texts have fields of their own; the actor's are those of the schema. */
  private static final Map<String, List<String>> OBJECTS =
      Map.of(
          "actor", List.of("kind", "id", "name"),
          "subject", List.of("kind", "id", "name", "version", "model"),
          "resource", List.of("kind", "name"),
          "links", List.of("run_id", "frame", "decision_id"));

  /** What has a field of the schema in any case, whatever stands in it. */
  private static final Set<String> PLACED =
      Set.of("id", "organization_id", "kind", "address", "request_id", "target");

  private EcsRest() {}

  static Members of(EventDocument event) {
    Members rest = new Members();
    TEXTS.forEach(name -> rest.with(name, event.text(name)));
    NUMBERS.forEach(name -> rest.with(name, number(event, name)));
    List.of("subject", "resource", "links").forEach(name -> rest.withAny(name, texts(event, name)));
    event.target().ifPresent(target -> rest.with("target", of(target).tree()));
    return rest.withAny("log", new Members().with("index", number(event, "log", "index")))
        .with("other", other(event));
  }

  private static Members of(Target target) {
    return new Members().with("kind", target.kindOrNull()).with("id", target.id());
  }

  private static Members texts(EventDocument event, String object) {
    Members members = new Members();
    OBJECTS
        .getOrDefault(object, List.of())
        .forEach(name -> members.with(name, event.text(object, name)));
    return members;
  }

  private static @Nullable Number number(EventDocument event, String... path) {
    return event.value(path) instanceof Number number ? number : null;
  }

  /** Whatever has no field, or not the form that its field needs, as one JSON text. */
  private static @Nullable String other(EventDocument event) {
    Map<String, @Nullable Object> other = new TreeMap<>(event.tree());
    other.keySet().removeAll(PLACED);
    TEXTS.forEach(other::remove);
    other.keySet().removeIf(name -> isPlaced(event, name));
    return other.isEmpty() ? null : EventDocument.json(other);
  }

  private static boolean isPlaced(EventDocument event, String name) {
    return switch (name) {
      case "outcome" -> event.outcome() != Outcome.UNKNOWN;
      case "message" -> event.event().kind() == StreamedEvent.Kind.DETECTION;
      case "log" -> event.hasOnly(name, Set.of("index")) && isNumber(event, name, "index");
      default ->
          NUMBERS.contains(name)
              ? isNumber(event, name)
              : event.hasOnly(name, Set.copyOf(OBJECTS.getOrDefault(name, List.of())));
    };
  }

  private static boolean isNumber(EventDocument event, String... path) {
    return number(event, path) != null;
  }
}
