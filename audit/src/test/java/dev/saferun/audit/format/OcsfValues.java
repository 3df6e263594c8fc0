package dev.saferun.audit.format;

import static dev.saferun.audit.format.JsonObjects.at;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The simple values of a schema: their types, their forms, and the captions of enumerated ones. */
final class OcsfValues {

  private static final String OTHER = "99";

  private final Map<String, @Nullable Object> types;

  OcsfValues(Map<String, @Nullable Object> types) {
    this.types = types;
  }

  void check(
      String path,
      @Nullable Object value,
      Map<String, @Nullable Object> attribute,
      List<String> found) {
    String type = String.valueOf(attribute.get("type"));
    Map<String, @Nullable Object> definition = at(types, type);
    if (definition.isEmpty()) {
      found.add(path + " has a type that the schema lacks: " + type);
    } else if (!isOf(String.valueOf(definition.getOrDefault("type", type)), value)) {
      found.add(path + " is not of type " + type);
    } else {
      checkForm(path, value, definition, found);
    }
    Map<String, @Nullable Object> choices = at(attribute, "enum");
    if (!choices.isEmpty() && !choices.containsKey(String.valueOf(value))) {
      found.add(path + " is none of the enumerated: " + value);
    }
  }

  private static boolean isOf(String type, @Nullable Object value) {
    return switch (type) {
      case "string_t" -> value instanceof String;
      case "integer_t", "long_t" -> value instanceof Long;
      case "float_t" -> value instanceof Double || value instanceof Long;
      case "boolean_t" -> value instanceof Boolean;
      case "json_t" -> true;
      default -> false;
    };
  }

  private static void checkForm(
      String path,
      @Nullable Object value,
      Map<String, @Nullable Object> definition,
      List<String> found) {
    String text = String.valueOf(value);
    if (definition.get("regex") instanceof String form
        && !Pattern.compile(form).matcher(text).find()) {
      found.add(path + " has not its form: " + text);
    }
    if (definition.get("max_len") instanceof Long lengthMax && text.length() > lengthMax) {
      found.add(path + " is too long");
    }
  }

  /** Beside a number stands its caption, or for another kind our own word. */
  void checkCaption(
      String path,
      String name,
      Map<String, @Nullable Object> attribute,
      Map<String, @Nullable Object> object,
      List<String> found) {
    String number = String.valueOf(object.get(name));
    if (!(attribute.get("sibling") instanceof String sibling)
        || !(object.get(name) instanceof Long)) {
      return;
    }
    Object caption = object.get(sibling);
    if (number.equals(OTHER) && caption == null) {
      found.add(path + sibling + " must say what " + name + " does not");
    } else if (!number.equals(OTHER) && caption != null) {
      Object expected = at(at(attribute, "enum"), number).get("caption");
      if (expected != null && !Objects.equals(caption, expected)) {
        found.add(path + sibling + " is " + caption + " and not " + expected);
      }
    }
  }
}
