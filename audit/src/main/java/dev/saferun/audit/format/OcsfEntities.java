package dev.saferun.audit.format;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The things that deeds are done to, as OCSF knows them. */
final class OcsfEntities {

  private static final Map<String, Integer> ENTITY_TYPES =
      Map.of("user", 2, "person", 2, "group", 3, "organization", 4, "rule", 5);
  private static final Map<Integer, String> ENTITY_CAPTIONS =
      Map.of(2, "User", 3, "Group", 4, "Organization", 5, "Policy");
  private static final int OTHER = 99;
  private static final int DATABUCKET = 2;
  private static final String UNKNOWN = "unknown";

  private OcsfEntities() {}

  static Map<String, @Nullable Object> resource(Target target) {
    return named(target).with("type", target.kindOrNull()).tree();
  }

  static Members entity(EventDocument event) {
    Target target = target(event);
    int type = ENTITY_TYPES.getOrDefault(target.kind(), OTHER);
    return named(target)
        .with("type_id", type)
        .with(
            "type",
            ENTITY_CAPTIONS.getOrDefault(
                type, Objects.requireNonNullElse(target.kindOrNull(), UNKNOWN)));
  }

  static Members group(EventDocument event) {
    return named(target(event));
  }

  /** What was read or destroyed is kept in something that holds data; no more is known of it. */
  static Members datastore(Members members, EventDocument event) {
    Target target = target(event);
    Members bucket =
        named(target)
            .with("type_id", OTHER)
            .with("type", Objects.requireNonNullElse(target.kindOrNull(), UNKNOWN));
    return members
        .with("type_id", DATABUCKET)
        .with("type", "Databucket")
        .with("databucket", bucket.tree());
  }

  /**
   * The roles that were given or taken; where the event does not say which, what it was done to.
   */
  static List<String> privileges(EventDocument event) {
    return Stream.of("after", "before")
        .flatMap(state -> Stream.of("role", "roles").map(name -> event.texts(state, name)))
        .filter(roles -> !roles.isEmpty())
        .findFirst()
        .orElseGet(() -> List.of(event.maybe("target").orElse(UNKNOWN)));
  }

  private static Members named(Target target) {
    return new Members().with("uid", target.id());
  }

  private static Target target(EventDocument event) {
    return event.target().orElse(new Target("", UNKNOWN));
  }
}
