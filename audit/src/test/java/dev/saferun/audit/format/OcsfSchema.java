package dev.saferun.audit.format;

import static dev.saferun.audit.format.JsonObjects.at;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One version of the published schema, held against an event without mercy: no attribute that the
 * class or object does not have (with the profiles that the event claims), none that is deprecated,
 * every required one, the constraints between them, and by {@link OcsfValues} types, enumerations
 * and captions.
 */
final class OcsfSchema {

  private static final Set<String> FREE_FORM = Set.of("object");

  private final String version;
  private final Map<String, @Nullable Object> objects;
  private final Map<Object, Map<String, @Nullable Object>> classes = new HashMap<>();
  private final OcsfValues values;

  private OcsfSchema(Map<String, @Nullable Object> schema) {
    this.version = Objects.requireNonNull((String) schema.get("version"));
    this.objects = at(schema, "objects");
    this.values = new OcsfValues(types(schema));
    at(schema, "classes")
        .values()
        .forEach(
            any ->
                classes.put(String.valueOf(JsonObjects.of(any).get("uid")), JsonObjects.of(any)));
  }

  static OcsfSchema of(String version) {
    return new OcsfSchema(OcsfPackage.schema(version));
  }

  /** Newer exports keep the types in the dictionary. */
  private static Map<String, @Nullable Object> types(Map<String, @Nullable Object> schema) {
    return schema.containsKey("types")
        ? at(schema, "types")
        : at(at(at(schema, "dictionary"), "types"), "attributes");
  }

  List<String> violations(Map<String, @Nullable Object> event) {
    List<String> found = new ArrayList<>();
    Map<String, @Nullable Object> definition = classes.get(String.valueOf(event.get("class_uid")));
    if (definition == null) {
      return List.of("no such class: " + event.get("class_uid"));
    }
    Set<String> profiles = Set.copyOf(JsonObjects.texts(at(event, "metadata").get("profiles")));
    checkWhole(event, definition, profiles, found);
    checkObject("", event, definition, profiles, found);
    new OcsfObservables(event).check(found);
    return found;
  }

  /** What holds between members, and is in no single attribute's definition. */
  private void checkWhole(
      Map<String, @Nullable Object> event,
      Map<String, @Nullable Object> definition,
      Set<String> profiles,
      List<String> found) {
    long classUid = number(event, "class_uid");
    require(
        number(event, "type_uid") == classUid * 100 + number(event, "activity_id"),
        "type_uid",
        found);
    require(number(event, "category_uid") == classUid / 1000, "category_uid", found);
    require(Objects.equals(at(event, "metadata").get("version"), version), "version", found);
    require(
        Objects.equals(event.get("class_name"), definition.get("caption")), "class_name", found);
    require(JsonObjects.texts(definition.get("profiles")).containsAll(profiles), "profiles", found);
  }

  private static long number(Map<String, @Nullable Object> event, String name) {
    return event.get(name) instanceof Long number ? number : Long.MIN_VALUE;
  }

  private static void require(boolean holds, String what, List<String> found) {
    if (!holds) {
      found.add(what + " does not fit");
    }
  }

  private void checkObject(
      String path,
      Map<String, @Nullable Object> object,
      Map<String, @Nullable Object> definition,
      Set<String> profiles,
      List<String> found) {
    Map<String, @Nullable Object> attributes = at(definition, "attributes");
    object.forEach(
        (name, value) -> {
          Map<String, @Nullable Object> attribute = at(attributes, name);
          if (attribute.isEmpty() || !applies(attribute, profiles)) {
            found.add(path + name + " is unknown");
          } else if (attribute.containsKey("@deprecated")) {
            found.add(path + name + " is deprecated");
          } else {
            checkItems(path + name, value, attribute, profiles, found);
            values.checkCaption(path, name, attribute, object, found);
          }
        });
    attributes.forEach(
        (name, attribute) -> {
          if (isRequired(JsonObjects.of(attribute), profiles) && !object.containsKey(name)) {
            found.add(path + name + " is missing");
          }
        });
    checkConstraints(path, object, at(definition, "constraints"), found);
  }

  private static boolean isRequired(Map<String, @Nullable Object> attribute, Set<String> profiles) {
    return "required".equals(attribute.get("requirement")) && applies(attribute, profiles);
  }

  /** An attribute of a profile is there for those who claim it. Newer exports keep a list. */
  private static boolean applies(Map<String, @Nullable Object> attribute, Set<String> profiles) {
    List<String> needed =
        attribute.get("profile") instanceof String profile
            ? List.of(profile)
            : JsonObjects.texts(attribute.get("profiles"));
    return needed.isEmpty() || needed.stream().anyMatch(profiles::contains);
  }

  private static void checkConstraints(
      String path,
      Map<String, @Nullable Object> object,
      Map<String, @Nullable Object> constraints,
      List<String> found) {
    Function<String, Long> present =
        name ->
            JsonObjects.texts(constraints.get(name)).stream().filter(object::containsKey).count();
    if (constraints.containsKey("at_least_one") && present.apply("at_least_one") < 1) {
      found.add(owner(path) + " has none of " + constraints.get("at_least_one"));
    }
    if (constraints.containsKey("just_one") && present.apply("just_one") != 1) {
      found.add(owner(path) + " has not just one of " + constraints.get("just_one"));
    }
  }

  private static String owner(String path) {
    return path.isEmpty() ? "the event" : path.substring(0, path.length() - 1);
  }

  private void checkItems(
      String path,
      @Nullable Object value,
      Map<String, @Nullable Object> attribute,
      Set<String> profiles,
      List<String> found) {
    if (!Boolean.TRUE.equals(attribute.get("is_array"))) {
      checkValue(path, value, attribute, profiles, found);
    } else if (value instanceof List<?> items) {
      items.forEach(item -> checkValue(path, item, attribute, profiles, found));
    } else {
      found.add(path + " is no list");
    }
  }

  private void checkValue(
      String path,
      @Nullable Object value,
      Map<String, @Nullable Object> attribute,
      Set<String> profiles,
      List<String> found) {
    String objectType = String.valueOf(attribute.get("object_type"));
    if (!"object_t".equals(attribute.get("type"))) {
      values.check(path, value, attribute, found);
    } else if (!(value instanceof Map<?, ?>)) {
      found.add(path + " is no object");
    } else if (!FREE_FORM.contains(objectType)) {
      checkObject(path + ".", JsonObjects.of(value), at(objects, objectType), profiles, found);
    }
  }
}
