package dev.saferun.evaluator.engine;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Optional;

/**
 * The names that a condition may use, with their types. The five variables are structures, so a
 * field that does not exist is a fault when the rule is written. What is the customer's own (plan,
 * state, arguments) is dynamic.
 */
final class Vocabulary implements CelTypeProvider {

  private static final CelType TREE = MapType.create(SimpleType.STRING, SimpleType.DYN);

  /** {@code run} counts this call too: the first call of a run has {@code run.calls == 1}. */
  static final ImmutableMap<String, StructType> VARIABLES =
      ImmutableMap.of(
          "action",
          struct(
              "saferun.Action",
              ImmutableMap.of(
                  "tool", SimpleType.STRING, "arguments", TREE, "call_id", SimpleType.STRING)),
          "context",
          struct(
              "saferun.Context",
              ImmutableMap.of(
                  "user_request", SimpleType.STRING,
                  "plan", SimpleType.DYN,
                  "reasoning", SimpleType.STRING,
                  "retrieved", ListType.create(TREE),
                  "state", SimpleType.DYN,
                  "messages", ListType.create(SimpleType.DYN))),
          "run",
          struct(
              "saferun.Run",
              ImmutableMap.<String, CelType>builder()
                  .put("id", SimpleType.STRING)
                  .put("calls", SimpleType.INT)
                  .put("tool_calls", SimpleType.INT)
                  .put("calls_by_tool", MapType.create(SimpleType.STRING, SimpleType.INT))
                  .put("repeat", SimpleType.INT)
                  .put("cycle_period", SimpleType.INT)
                  .put("cycle_repeats", SimpleType.INT)
                  .put("no_progress", SimpleType.INT)
                  .put("errors", SimpleType.INT)
                  .put("sums", MapType.create(SimpleType.STRING, SimpleType.DOUBLE))
                  .put("whole", SimpleType.BOOL)
                  .buildOrThrow()),
          "intent",
          struct(
              "saferun.Intent",
              ImmutableMap.of(
                  "available", SimpleType.BOOL,
                  "score", SimpleType.DOUBLE,
                  "signals", ListType.create(SimpleType.STRING),
                  "features", MapType.create(SimpleType.STRING, SimpleType.DOUBLE),
                  "whole", SimpleType.BOOL)),
          "agent",
          struct(
              "saferun.Agent",
              ImmutableMap.of(
                  "name", SimpleType.STRING,
                  "version", SimpleType.STRING,
                  "model", SimpleType.STRING)));

  static StructType typeOf(String variable) {
    StructType type = VARIABLES.get(variable);
    if (type == null) {
      throw new IllegalArgumentException("no such variable");
    }
    return type;
  }

  private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.copyOf(VARIABLES.values());
  }

  @Override
  public Optional<CelType> findType(String name) {
    for (StructType type : VARIABLES.values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
