package dev.saferun.evaluator;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object by name and type; what does not fit is refused with its JSON
 * Pointer.
 */
record JsonFields(Map<String, @Nullable Object> tree, String pointer) {

  boolean has(String name) {
    return tree.containsKey(name);
  }

  String text(String name) {
    if (tree.get(name) instanceof String text) {
      return text;
    }
    throw refusal(name, "must be a string");
  }

  boolean flag(String name) {
    if (tree.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw refusal(name, "must be true or false");
  }

  long whole(String name) {
    if (tree.get(name) instanceof Long whole) {
      return whole;
    }
    throw refusal(name, "must be a whole number");
  }

  double number(String name) {
    if (tree.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw refusal(name, "must be a number");
  }

  /** A whole number in a range, or the default where the field is missing. */
  int within(String name, int min, int max, int defaultValue) {
    long value = has(name) ? whole(name) : defaultValue;
    if (value < min || value > max) {
      throw refusal(name, "must be from " + min + " to " + max);
    }
    return (int) value;
  }

  /** The object of that name; empty where it is missing. */
  JsonFields object(String name) {
    return has(name) ? objectOf(tree.get(name), at(name)) : new JsonFields(Map.of(), at(name));
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object value : list(name)) {
      if (!(value instanceof String text)) {
        throw refusal(name, "must hold strings only");
      }
      texts.add(text);
    }
    return texts;
  }

  List<JsonFields> objects(String name) {
    List<JsonFields> objects = new ArrayList<>();
    List<?> values = list(name);
    for (int i = 0; i < values.size(); i++) {
      objects.add(objectOf(values.get(i), at(name) + "/" + i));
    }
    return objects;
  }

  Map<String, Long> wholes() {
    Map<String, Long> wholes = new LinkedHashMap<>();
    for (String name : tree.keySet()) {
      wholes.put(name, whole(name));
    }
    return wholes;
  }

  void forEachNumber(BiConsumer<String, Number> action) {
    for (String name : tree.keySet()) {
      action.accept(name, number(name));
    }
  }

  /** Refuses every field that is not named. */
  void allow(Set<String> names) {
    for (String name : tree.keySet()) {
      if (!names.contains(name)) {
        throw refusal(name, "is unknown");
      }
    }
  }

  ProblemException refusal(String name, String fault) {
    return refusalAt(at(name), fault);
  }

  /** Refuses one element of a list. */
  ProblemException refusalIn(String list, int element, String fault) {
    return refusalAt(at(list) + "/" + element, fault);
  }

  /** Refuses the object itself. */
  ProblemException refusalOfAll(String fault) {
    return refusalAt(pointer, fault);
  }

  private static ProblemException refusalAt(String pointer, String fault) {
    return new ProblemException(CommonProblem.INVALID_FIELD, fault, pointer);
  }

  private List<?> list(String name) {
    if (!has(name)) {
      return List.of();
    }
    if (tree.get(name) instanceof List<?> list) {
      return list;
    }
    throw refusal(name, "must be a list");
  }

  @SuppressWarnings("unchecked")
  private static JsonFields objectOf(@Nullable Object value, String pointer) {
    if (value instanceof Map<?, ?> object) {
      return new JsonFields((Map<String, @Nullable Object>) object, pointer);
    }
    throw refusalAt(pointer, "must be an object");
  }

  private String at(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
