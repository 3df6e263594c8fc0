package dev.saferun.audit.format;

import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /** What has a field of its own, here or in the schema. */
  private static final Set<String> PLACED =
      Set.of(
          "id",
          "organization_id",
          "kind",
          "outcome",
          "actor",
          "address",
          "request_id",
          "message",
          "target",
          "subject",
          "resource",
          "links",
          "log",
          "size",
          "confidence");

  private EcsRest() {}

  static Members of(EventDocument event) {
    Members rest = new Members();
    TEXTS.forEach(name -> rest.with(name, event.text(name)));
    event.target().ifPresent(target -> rest.with("target", of(target).tree()));
    return rest.withAny("subject", texts(event, "subject", "kind", "id", "version", "model"))
        .withAny("resource", texts(event, "resource", "kind", "name"))
        .withAny("links", texts(event, "links", "run_id", "frame", "decision_id"))
        .withAny("log", new Members().with("index", number(event, "log", "index")))
        .with("size", number(event, "size"))
        .with("confidence", number(event, "confidence"))
        .with("other", other(event));
  }

  private static Members of(Target target) {
    return new Members()
        .with("kind", Optional.of(target.kind()).filter(kind -> !kind.isEmpty()))
        .with("id", target.id());
  }

  private static Members texts(EventDocument event, String object, String... names) {
    Members members = new Members();
    for (String name : names) {
      members.with(name, event.text(object, name));
    }
    return members;
  }

  private static Optional<Number> number(EventDocument event, String... path) {
    return event.value(path) instanceof Number number ? Optional.of(number) : Optional.empty();
  }

  /** Members that are not known here, as one JSON text. */
  private static Optional<String> other(EventDocument event) {
    Members other = new Members().withAll(event.tree());
    other.tree().keySet().removeAll(PLACED);
    TEXTS.forEach(other.tree()::remove);
    return other.tree().isEmpty()
        ? Optional.empty()
        : Optional.of(EventDocument.json(other.tree()));
  }
}
