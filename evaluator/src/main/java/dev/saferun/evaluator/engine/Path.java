package dev.saferun.evaluator.engine;

import dev.cel.common.types.CelKind;
import dev.saferun.evaluator.Check;
import dev.saferun.platform.StrictJson;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field of {@code action}, {@code context} or {@code agent}, and a chain of keys below it, such
 * as {@code action.arguments.amount}.
 */
final class Path extends Node {

  /** The variables that are parts of the check as it was sent. */
  enum Part {
    ACTION,
    CONTEXT,
    AGENT;

    Map<String, @Nullable Object> of(Check check) {
      return switch (this) {
        case ACTION -> check.action();
        case CONTEXT -> check.context();
        case AGENT -> check.agent();
      };
    }
  }

  private static final Set<CelKind> KEYED = Set.of(CelKind.MAP, CelKind.DYN);

  /** The declared fields that can have keys: a few, so each has its number. */
  private static final List<String> FIELDS =
      Vocabulary.VARIABLES.entrySet().stream()
          .flatMap(
              variable ->
                  variable.getValue().fields().stream()
                      .filter(field -> KEYED.contains(field.type().kind()))
                      .map(field -> variable.getKey() + "." + field.name()))
          .toList();

  static final int SLOTS = FIELDS.size();

  private static final String[] NO_KEYS = {};

  private final Part part;
  private final String field;
  private final CelKind kind;
  private final String[] keys;
  private final int slot;

  private Path(Part part, String field, CelKind kind, String[] keys) {
    this.part = part;
    this.field = field;
    this.kind = kind;
    this.keys = keys;
    this.slot = FIELDS.indexOf(part.name().toLowerCase(Locale.ROOT) + "." + field);
  }

  /** A declared field; what was sent must be of its kind. */
  static Path of(Part part, String field, CelKind kind) {
    return new Path(part, StrictJson.name(field), kind, NO_KEYS);
  }

  /** A key of what stands here. */
  Path below(String key) {
    String[] longer = Arrays.copyOf(keys, keys.length + 1);
    longer[keys.length] = StrictJson.name(key);
    return new Path(part, field, kind, longer);
  }

  /** The JSON Pointer within the action's arguments; null where it is no place in them. */
  @Nullable String withinArguments() {
    if (part != Part.ACTION || !field.equals("arguments")) {
      return null;
    }
    StringBuilder pointer = new StringBuilder();
    for (String key : keys) {
      pointer.append('/').append(key.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  @Override
  @Nullable Object value(Inputs inputs) {
    if (keys.length == 0) {
      return fieldOf(inputs);
    }
    Object value = inputs.known(slot);
    if (value == null) {
      value = fieldOf(inputs);
      inputs.know(slot, value);
    }
    for (String key : keys) {
      value = keyOf(value, key, inputs.steps());
    }
    return value;
  }

  private @Nullable Object fieldOf(Inputs inputs) {
    Map<String, @Nullable Object> tree = part.of(inputs.check());
    Object value = tree.get(field);
    if (value == null) {
      value = missing(tree);
    }
    inputs.steps().read(value);
    if (!fits(value)) {
      throw RuleFailure.of(RuleError.TYPE_MISMATCH);
    }
    return value;
  }

  /** A list that was not sent is an empty one; of what may be anything, null is a value. */
  private @Nullable Object missing(Map<String, @Nullable Object> tree) {
    if (kind == CelKind.LIST) {
      return List.of();
    }
    if (kind == CelKind.DYN && tree.containsKey(field)) {
      return null;
    }
    throw RuleFailure.of(RuleError.NO_SUCH_FIELD);
  }

  private boolean fits(@Nullable Object value) {
    return switch (kind) {
      case STRING -> value instanceof String;
      case MAP -> Trees.map(value) != null;
      case LIST -> value instanceof List;
      default -> true;
    };
  }

  private static @Nullable Object keyOf(@Nullable Object operand, String key, Steps steps) {
    Map<?, ?> map = Trees.map(operand);
    if (map == null) {
      throw RuleFailure.of(RuleError.NO_SUCH_FIELD);
    }
    return Trees.valueOf(map, key, steps);
  }

  /** Whether the field was sent; what was sent must be of its kind. */
  boolean isSent(Inputs inputs) {
    Object value = part.of(inputs.check()).get(field);
    if (value == null) {
      return false;
    }
    inputs.steps().read(value);
    if (!fits(value)) {
      throw RuleFailure.of(RuleError.TYPE_MISMATCH);
    }
    return true;
  }
}
