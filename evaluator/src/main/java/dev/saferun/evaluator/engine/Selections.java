package dev.saferun.evaluator.engine;

import dev.cel.common.types.CelKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts that read the request: a field of a variable, a key of a map, a place of a list. */
final class Selections {

  private Selections() {}

  /** A part of the check as it was sent, by the name of its variable. */
  interface Part {
    Map<String, @Nullable Object> of(Inputs inputs);
  }

  /** A field of {@code action}, {@code context} or {@code agent}, whose type is declared. */
  static Node field(Part part, String field, CelKind kind) {
    return inputs -> {
      Map<String, @Nullable Object> tree = part.of(inputs);
      Object value = tree.get(field);
      if (value == null) {
        value = missing(tree, field, kind);
      }
      return fitting(kind, inputs.steps().read(value));
    };
  }

  /** A list that was not sent is an empty one; of what may be anything, null is a value. */
  private static @Nullable Object missing(
      Map<String, @Nullable Object> tree, String field, CelKind kind) {
    if (kind == CelKind.LIST) {
      return List.of();
    }
    if (kind == CelKind.DYN && tree.containsKey(field)) {
      return null;
    }
    throw RuleFailure.of(RuleError.NO_SUCH_FIELD);
  }

  private static @Nullable Object fitting(CelKind kind, @Nullable Object value) {
    boolean fits =
        switch (kind) {
          case STRING -> value instanceof String;
          case MAP -> value instanceof Map;
          case LIST -> value instanceof List;
          default -> true;
        };
    if (!fits) {
      throw RuleFailure.of(RuleError.TYPE_MISMATCH);
    }
    return value;
  }

  /** Whether a declared field was sent; what was sent must be of its type. */
  static Node.Test hasField(Part part, String field, CelKind kind) {
    return inputs -> {
      Object value = part.of(inputs).get(field);
      if (value == null) {
        return false;
      }
      fitting(kind, inputs.steps().read(value));
      return true;
    };
  }

  /** A key of what the operand turns out to be. */
  static Node key(Node operand, String key) {
    return inputs -> {
      if (operand.value(inputs) instanceof Map<?, ?> map) {
        return ofMap(map, key, inputs);
      }
      throw RuleFailure.of(RuleError.NO_SUCH_FIELD);
    };
  }

  static Node.Test hasKey(Node operand, String key) {
    return inputs -> {
      if (operand.value(inputs) instanceof Map<?, ?> map) {
        return map.containsKey(key);
      }
      throw RuleFailure.of(RuleError.NO_SUCH_FIELD);
    };
  }

  private static @Nullable Object ofMap(Map<?, ?> map, @Nullable Object key, Inputs inputs) {
    Object value = map.get(key);
    if (value == null && !map.containsKey(key)) {
      throw RuleFailure.of(RuleError.NO_SUCH_KEY);
    }
    return inputs.steps().read(value);
  }

  /** {@code operand[index]}. */
  static Node at(Node operand, Node index) {
    return inputs -> {
      Object collection = operand.value(inputs);
      Object place = index.value(inputs);
      if (collection instanceof Map<?, ?> map) {
        return ofMap(map, place, inputs);
      }
      if (collection instanceof List<?> list && place instanceof Long position) {
        if (position < 0 || position >= list.size()) {
          throw RuleFailure.of(RuleError.NO_SUCH_KEY);
        }
        return inputs.steps().next(list.get(position.intValue()));
      }
      throw RuleFailure.of(RuleError.TYPE_MISMATCH);
    };
  }

  /** {@code element in collection}: an element of a list, a key of a map. */
  static Node.Test in(Node element, Node collection) {
    return inputs -> {
      Object wanted = element.value(inputs);
      return switch (collection.value(inputs)) {
        case List<?> list -> contains(list, wanted, inputs);
        case Map<?, ?> map -> wanted != null && map.containsKey(wanted);
        case null -> throw RuleFailure.of(RuleError.TYPE_MISMATCH);
        default -> throw RuleFailure.of(RuleError.TYPE_MISMATCH);
      };
    };
  }

  private static boolean contains(List<?> list, @Nullable Object wanted, Inputs inputs) {
    for (int i = 0; i < list.size(); i++) {
      if (Operators.equal(inputs.steps().next(list.get(i)), wanted)) {
        return true;
      }
    }
    return false;
  }
}
