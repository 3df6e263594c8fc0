package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How ECS sorts an event. Each of its categories allows certain types only; a verb for which a
 * category has no type is {@code info}.
 */
record EcsCategory(String kind, List<String> categories, List<String> types) {

  private static final String INFO = "info";

  /**
   * A category with what it allows of the types that verbs become, and a type that is always so.
   */
  private record Sort(String category, Set<String> allowed, List<String> always) {}

  private static final Sort API =
      new Sort(
          "api", Set.of("access", "change", "creation", "deletion", "start", "end"), List.of());
  private static final Sort AUTHENTICATION =
      new Sort("authentication", Set.of("start", "end"), List.of());
  private static final Sort CONFIGURATION =
      new Sort("configuration", Set.of("access", "change", "creation", "deletion"), List.of());
  private static final Sort DATABASE = new Sort("database", Set.of("access", "change"), List.of());
  private static final Set<String> IAM_ALLOWED = Set.of("change", "creation", "deletion");
  private static final Sort USERS = new Sort("iam", IAM_ALLOWED, List.of("user"));
  private static final Sort GROUPS = new Sort("iam", IAM_ALLOWED, List.of("group"));
  private static final Sort HOST =
      new Sort("host", Set.of("access", "change", "start", "end"), List.of());

  static EcsCategory of(EventDocument event) {
    if (event.event().kind() == StreamedEvent.Kind.DETECTION) {
      return detection(event);
    }
    CodeClasses.Found found = CodeClasses.of(event.code());
    Sort sort = sort(found.ocsf());
    List<String> types = new ArrayList<>(sort.always());
    String type = type(found);
    types.add(sort.allowed().contains(type) ? type : INFO);
    return new EcsCategory("event", List.of(sort.category()), types);
  }

  private static EcsCategory detection(EventDocument event) {
    Map<String, String> types = Map.of("blocked", "denied", "allowed", "allowed");
    String type = event.maybe("disposition").map(types::get).orElse(INFO);
    return new EcsCategory("alert", List.of("intrusion_detection"), List.of(type));
  }

  private static Sort sort(OcsfClass ocsf) {
    return switch (ocsf) {
      case API_ACTIVITY, DETECTION_FINDING -> API;
      case AUTHENTICATION -> AUTHENTICATION;
      case ENTITY_MANAGEMENT -> CONFIGURATION;
      case DATASTORE_ACTIVITY -> DATABASE;
      case ACCOUNT_CHANGE, USER_ACCESS -> USERS;
      case GROUP_MANAGEMENT -> GROUPS;
      case APPLICATION_LIFECYCLE, APPLICATION_ERROR -> HOST;
    };
  }

  /** A session's end by any word is its end. */
  private static String type(CodeClasses.Found found) {
    return found.ocsf() == OcsfClass.AUTHENTICATION ? ofSession(found.verb()) : of(found.verb());
  }

  private static String ofSession(Verb verb) {
    return switch (verb) {
      case START, CREATE -> "start";
      case STOP, REVOKE, DELETE -> "end";
      case READ, UPDATE, GRANT, ENABLE, DISABLE, JOIN, LEAVE, UPGRADE, OTHER -> INFO;
    };
  }

  private static String of(Verb verb) {
    return switch (verb) {
      case CREATE -> "creation";
      case READ -> "access";
      case DELETE -> "deletion";
      case UPDATE, GRANT, REVOKE, ENABLE, DISABLE, JOIN, LEAVE, UPGRADE -> "change";
      case START -> "start";
      case STOP -> "end";
      case OTHER -> INFO;
    };
  }
}
