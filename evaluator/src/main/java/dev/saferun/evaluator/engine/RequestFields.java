package dev.saferun.evaluator.engine;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.StructValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code action}, {@code context} or {@code agent}: a part of the request whose fields have
 * declared types. A field that was not sent fails the rule that reads it without {@code has()};
 * only a list that was not sent is an empty one. A value of another type than declared fails it
 * too.
 */
@SuppressWarnings(
    "Immutable") // It lives for one decision, in which nothing of the request changes.
final class RequestFields extends StructValue<String, Object> {

  private final StructType type;
  private final Map<String, @Nullable Object> tree;
  private final Steps steps;

  RequestFields(StructType type, Map<String, @Nullable Object> tree, Steps steps) {
    this.type = type;
    this.tree = tree;
    this.steps = steps;
  }

  @Override
  public Object select(String field) {
    CelKind kind = kindOf(field);
    Object value = tree.get(field);
    if (value == null && kind == CelKind.LIST) {
      value = List.of();
    }
    if (value == null && !(kind == CelKind.DYN && tree.containsKey(field))) {
      throw RuleFailure.of(RuleError.NO_SUCH_FIELD);
    }
    steps.read(value);
    if (!fits(kind, value)) {
      throw RuleFailure.of(RuleError.TYPE_MISMATCH);
    }
    return JsonValues.adapt(value, steps);
  }

  private CelKind kindOf(String field) {
    return type.findField(field)
        .orElseThrow(() -> RuleFailure.of(RuleError.NO_SUCH_FIELD))
        .type()
        .kind();
  }

  private static boolean fits(CelKind kind, @Nullable Object value) {
    return switch (kind) {
      case STRING -> value instanceof String;
      case MAP -> value instanceof Map;
      case LIST -> value instanceof List;
      default -> true;
    };
  }

  @Override
  public Optional<Object> find(String field) {
    return tree.get(field) == null ? Optional.empty() : Optional.of(select(field));
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return tree.isEmpty();
  }

  @Override
  public CelType celType() {
    return type;
  }
}
