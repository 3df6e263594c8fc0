package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.IntentReading;
import dev.saferun.evaluator.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code origin(value)}: where a value of the action's arguments came from. It is looked up by the
 * value's place where the condition names one, so that it is known of a value that redaction took,
 * too; else by the value.
 */
final class Origins {

  /** The name of the function. */
  static final String FUNCTION = "origin";

  private Origins() {}

  /** {@code origin(action.arguments.to)}. */
  static final class OfPlace extends Node {

    private final String pointer;
    private final Node value;

    OfPlace(String pointer, Node value) {
      this.pointer = pointer;
      this.value = value;
    }

    @Override
    Object value(Inputs inputs) {
      Optional<Origin> known = measured(inputs).origin(pointer);
      return known.isPresent() ? known.get().wire() : of(value.value(inputs), inputs);
    }
  }

  /** {@code origin(each)} of the variable of a loop, and the like. */
  static final class OfValue extends Node {

    private final Node value;

    OfValue(Node value) {
      this.value = value;
    }

    @Override
    Object value(Inputs inputs) {
      return of(value.value(inputs), inputs);
    }
  }

  /** Of a value, wherever it stands in the arguments; {@code unknown} of one that does not. */
  static String of(@Nullable Object value, Inputs inputs) {
    IntentReading reading = measured(inputs);
    String pointer = find(value, "", inputs.check().arguments());
    return pointer == null
        ? Origin.UNKNOWN.wire()
        : reading.origin(pointer).orElse(Origin.UNKNOWN).wire();
  }

  /** What was never measured cannot be told. */
  private static IntentReading measured(Inputs inputs) {
    IntentReading reading = inputs.progress().before().intent();
    if (reading.status() == IntentReading.Status.OFF) {
      throw RuleFailure.of(RuleError.UNKNOWN_VALUE);
    }
    return reading;
  }

  private static @Nullable String find(
      @Nullable Object wanted, String pointer, @Nullable Object tree) {
    if (tree instanceof Map<?, ?> object) {
      for (Map.Entry<?, ?> member : object.entrySet()) {
        String name = String.valueOf(member.getKey()).replace("~", "~0").replace("/", "~1");
        String found = at(wanted, pointer + "/" + name, member.getValue());
        if (found != null) {
          return found;
        }
      }
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        String found = at(wanted, pointer + "/" + i, list.get(i));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static @Nullable String at(
      @Nullable Object wanted, String pointer, @Nullable Object value) {
    return Operators.equal(wanted, value) ? pointer : find(wanted, pointer, value);
  }
}
