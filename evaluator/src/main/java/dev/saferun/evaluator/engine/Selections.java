package dev.saferun.evaluator.engine;

import dev.saferun.platform.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts that read what another part gives: a key of a map, a place of a list. */
final class Selections {

  private Selections() {}

  /** Whether a declared field was sent. */
  static final class HasField extends Node.Test {

    private final Path field;

    HasField(Path field) {
      this.field = field;
    }

    @Override
    boolean truth(Inputs inputs) {
      return field.isSent(inputs);
    }
  }

  /** A field of {@code run}. */
  static final class RunField extends Node {

    private final String field;

    RunField(String field) {
      this.field = field;
    }

    @Override
    Object value(Inputs inputs) {
      return RunFields.read(field, inputs.check().runId(), inputs.progress());
    }
  }

  /** A field of {@code intent}. */
  static final class IntentField extends Node {

    private final String field;

    IntentField(String field) {
      this.field = field;
    }

    @Override
    Object value(Inputs inputs) {
      return IntentFields.read(field, inputs);
    }
  }

  /** A key of what the operand turns out to be. */
  static final class Key extends Node {

    private final Node operand;
    private final String key;

    Key(Node operand, String key) {
      this.operand = operand;
      this.key = StrictJson.name(key);
    }

    @Override
    @Nullable Object value(Inputs inputs) {
      if (operand.value(inputs) instanceof Map<?, ?> map) {
        return Trees.valueOf(map, key, inputs.steps());
      }
      throw RuleFailure.of(RuleError.NO_SUCH_FIELD);
    }
  }

  /** Whether the operand has a key. */
  static final class HasKey extends Node.Test {

    private final Node operand;
    private final String key;

    HasKey(Node operand, String key) {
      this.operand = operand;
      this.key = StrictJson.name(key);
    }

    @Override
    boolean truth(Inputs inputs) {
      if (operand.value(inputs) instanceof Map<?, ?> map) {
        return map.containsKey(key);
      }
      throw RuleFailure.of(RuleError.NO_SUCH_FIELD);
    }
  }

  /** {@code operand[index]}. */
  static final class At extends Node {

    private final Node operand;
    private final Node index;

    At(Node operand, Node index) {
      this.operand = operand;
      this.index = index;
    }

    @Override
    @Nullable Object value(Inputs inputs) {
      Object collection = operand.value(inputs);
      Object place = index.value(inputs);
      if (collection instanceof Map<?, ?> map) {
        return Trees.valueOf(map, place, inputs.steps());
      }
      if (collection instanceof List<?> list && place instanceof Long position) {
        if (position < 0 || position >= list.size()) {
          throw RuleFailure.of(RuleError.NO_SUCH_KEY);
        }
        return inputs.steps().next(list.get(position.intValue()));
      }
      throw RuleFailure.of(RuleError.TYPE_MISMATCH);
    }
  }

  /** {@code element in ['a', 'b']}. */
  static final class InLiterals extends Node.Test {

    private final Node element;
    private final Set<Object> keys;

    InLiterals(Node element, List<?> literals) {
      this.element = element;
      this.keys = Equality.keys(literals);
    }

    @Override
    boolean truth(Inputs inputs) {
      Object key = Equality.key(element.value(inputs));
      return key != null && keys.contains(key);
    }
  }

  /** {@code element in collection}: an element of a list, a key of a map. */
  static final class In extends Node.Test {

    private final Node element;
    private final Node collection;

    In(Node element, Node collection) {
      this.element = element;
      this.collection = collection;
    }

    @Override
    boolean truth(Inputs inputs) {
      Object wanted = element.value(inputs);
      Object found = collection.value(inputs);
      if (found instanceof List<?> list) {
        return contains(list, wanted, inputs);
      }
      if (found instanceof Map<?, ?> map) {
        return wanted != null && map.containsKey(wanted);
      }
      throw RuleFailure.of(RuleError.TYPE_MISMATCH);
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
}
