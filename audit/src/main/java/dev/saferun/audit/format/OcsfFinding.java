package dev.saferun.audit.format;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Something that was stopped or warned of, as a Detection Finding. */
final class OcsfFinding {

  /** What has a place in the schema; a severity that it does not know would be lost. */
  private static final Set<String> MAPPED =
      Set.of("id", "organization_id", "kind", "code", "title", "message", "disposition");

  private static final Map<String, Reaction> REACTIONS =
      Map.of(
          "allowed", new Reaction(1, "Allowed", 1, "Allowed"),
          "blocked", new Reaction(2, "Denied", 2, "Blocked"));

  private static final int STATUS_NEW = 1;
  private static final int ANALYTIC_RULE = 1;
  private static final int ANALYTIC_OTHER = 99;

  private record Reaction(int actionId, String action, int dispositionId, String disposition) {

    private static final int OTHER = 99;

    static Reaction of(String text) {
      return REACTIONS.getOrDefault(text, new Reaction(OTHER, text, OTHER, text));
    }
  }

  private final OcsfPeople people;

  OcsfFinding(OcsfPeople people) {
    this.people = people;
  }

  Members add(Members members, EventDocument event) {
    Reaction reaction = Reaction.of(event.maybe("disposition").orElse("unknown"));
    return members
        .with("status_id", STATUS_NEW)
        .with("status", "New")
        .with("is_alert", true)
        .with("action_id", reaction.actionId())
        .with("action", reaction.action())
        .with("disposition_id", reaction.dispositionId())
        .with("disposition", reaction.disposition())
        .with("confidence_score", confidenceScore(event))
        .with("finding_info", info(event).tree())
        .withAny("resources", resources(event))
        .with("evidences", List.of(evidence(event).tree()))
        .withAny("observables", observables(event))
        .with("unmapped", Map.of(Product.WORD, rest(event)));
  }

  private static Members info(EventDocument event) {
    List<Map<String, @Nullable Object>> analytics =
        event.objects("reasons").stream().flatMap(OcsfFinding::analytic).toList();
    Members info =
        new Members()
            .with("uid", event.id())
            .with("title", Wording.title(event))
            .with("desc", event.text("message"))
            .with("created_time", event.event().at().toEpochMilli())
            .with("types", List.of(event.code().text()));
    return info.with("analytic", analytics.stream().findFirst().orElse(null))
        .withAny("related_analytics", analytics.stream().skip(1).toList());
  }

  /** A reason that names itself in no way is no analytic. */
  private static Stream<Map<String, @Nullable Object>> analytic(
      Map<String, @Nullable Object> reason) {
    String id = EventDocument.textIn(reason, "id");
    String title = EventDocument.textIn(reason, "title");
    if (id == null && title == null) {
      return Stream.empty();
    }
    String kind = EventDocument.maybeIn(reason, "kind").orElse("unknown");
    boolean isRule = kind.equals("rule");
    return Stream.of(
        new Members()
            .with("uid", id)
            .with("name", title)
            .with("type_id", isRule ? ANALYTIC_RULE : ANALYTIC_OTHER)
            .with("type", isRule ? "Rule" : kind)
            .tree());
  }

  private static List<Object> resources(EventDocument event) {
    return event.maybe("resource", "name").stream()
        .<Object>map(
            name ->
                new Members()
                    .with("name", name)
                    .with("type", event.text("resource", "kind"))
                    .tree())
        .toList();
  }

  private Members evidence(EventDocument event) {
    Map<String, Object> actor = Map.of("user", people.user(event.actor()));
    Members evidence = new Members().with("actor", actor);
    event
        .maybe("resource", "name")
        .ifPresent(operation -> evidence.with("api", api(event, operation).tree()));
    return evidence;
  }

  private static Members api(EventDocument event, String operation) {
    Members request = new Members().with("uid", event.text("links", "decision_id"));
    return new Members().with("operation", operation).withAny("request", request);
  }

  private static List<Object> observables(EventDocument event) {
    return event.maybe("subject", "id").stream()
        .<Object>map(
            id -> OcsfDeed.observable("evidences.actor.user.uid", 31, "User Object: uid", id))
        .toList();
  }

  /** The schema counts to a hundred. */
  private static @Nullable Long confidenceScore(EventDocument event) {
    return event.value("confidence") instanceof Number confidence
            && confidence.doubleValue() >= 0
            && confidence.doubleValue() <= 1
        ? (Long) Math.round(confidence.doubleValue() * 100)
        : null;
  }

  private static Map<String, @Nullable Object> rest(EventDocument event) {
    Map<String, @Nullable Object> rest = new TreeMap<>(event.tree());
    rest.keySet().removeAll(MAPPED);
    return rest;
  }
}
