package dev.saferun.audit.format;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each class wants to know of a deed. */
final class OcsfDeed {

  /** What every class has a place for in {@link OcsfHead}. */
  private static final Set<String> IN_HEAD =
      Set.of("id", "organization_id", "kind", "code", "outcome", "request_id");

  /** What the classes that know an actor have a place for, besides the actor. */
  private static final Set<String> IN_BODY = Set.of("address", "target");

  private static final Set<String> ACTOR = Set.of("kind", "id", "name");

  private static final String UNKNOWN = "unknown";

  private final OcsfPeople people;
  private final Product product;

  OcsfDeed(OcsfPeople people, Product product) {
    this.people = people;
    this.product = product;
  }

  Members add(Members members, EventDocument event, CodeClasses.Found found) {
    return switch (found.ocsf()) {
      case API_ACTIVITY ->
          acted(members.with("api", api(event).tree()), event)
              .withAny("resources", resources(event));
      case DATASTORE_ACTIVITY -> OcsfEntities.datastore(acted(members, event), event);
      case ENTITY_MANAGEMENT ->
          acted(members, event).with("entity", OcsfEntities.entity(event).tree());
      case ACCOUNT_CHANGE -> acted(members, event).with("user", affected(event));
      case USER_ACCESS ->
          acted(members, event)
              .with("user", affected(event))
              .with("privileges", OcsfEntities.privileges(event));
      case GROUP_MANAGEMENT ->
          acted(members, event).with("group", OcsfEntities.group(event).tree());
      case AUTHENTICATION ->
          acted(members, event).with("user", affected(event)).with("service", service().tree());
      case APPLICATION_LIFECYCLE ->
          rest(members.with("app", OcsfHead.product(product).tree()), event, Set.of());
      case APPLICATION_ERROR, DETECTION_FINDING -> rest(members, event, Set.of());
    };
  }

  private Members acted(Members members, EventDocument event) {
    Members endpoint = endpoint(event);
    return rest(members, event, placed(event))
        .with("actor", Map.of("user", people.user(event.actor())))
        .with("src_endpoint", endpoint.tree())
        .withAny("observables", observables(event, endpoint));
  }

  private static List<Object> observables(EventDocument event, Members endpoint) {
    Optional<?> ip = Optional.ofNullable(endpoint.tree().get("ip"));
    Optional<String> name = EventDocument.maybeIn(event.actor(), "name");
    return Stream.of(
            ip.map(found -> observable("src_endpoint.ip", 2, "IP Address", found)),
            name.map(found -> observable("actor.user.name", 4, "User Name", found)))
        .<Object>flatMap(Optional::stream)
        .toList();
  }

  private static Set<String> placed(EventDocument event) {
    Set<String> placed = new HashSet<>(IN_BODY);
    if (event.hasOnly("actor", ACTOR)) {
      placed.add("actor");
    }
    return placed;
  }

  static Map<String, @Nullable Object> observable(
      String name, int typeId, String type, Object value) {
    return new Members()
        .with("name", name)
        .with("type_id", typeId)
        .with("type", type)
        .with("value", value)
        .tree();
  }

  /** Two classes require to know whence it came, also when nobody called. */
  private static Members endpoint(EventDocument event) {
    String address = event.text("address");
    if (address != null) {
      boolean isIp = AddressKind.of(address) != AddressKind.OTHER;
      return new Members().with(isIp ? "ip" : "name", address);
    }
    return event.isByTheAppliance()
        ? new Members().with("svc_name", Product.WORD)
        : new Members().with("name", UNKNOWN);
  }

  private static Members api(EventDocument event) {
    return new Members()
        .with("operation", event.code().text())
        .with("service", service().tree())
        .withAny("request", new Members().with("uid", event.text("request_id")));
  }

  private static Members service() {
    return new Members().with("name", Product.WORD);
  }

  private static List<Object> resources(EventDocument event) {
    return event.target().stream().<Object>map(OcsfEntities::resource).toList();
  }

  /** The person that it was done to; where the target is none, they did it to themselves. */
  private Map<String, @Nullable Object> affected(EventDocument event) {
    return event
        .target()
        .filter(Target::isPerson)
        .filter(target -> !target.id().equals(event.text("actor", "id")))
        .map(target -> people.user(Map.of("kind", target.kind(), "id", target.id())))
        .orElseGet(() -> people.user(event.actor()));
  }

  private static Members rest(Members members, EventDocument event, Set<String> placed) {
    Map<String, @Nullable Object> rest = new TreeMap<>(event.tree());
    rest.keySet().removeAll(IN_HEAD);
    rest.keySet().removeAll(placed);
    return members.with("unmapped", Map.of(Product.WORD, rest));
  }
}
