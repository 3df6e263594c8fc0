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
import java.util.Map;
import java.util.Optional;

/**
 * The types that a condition is checked against when it is written; a field that is not here is a
 * fault.
 */
final class CelTypes implements CelTypeProvider {

  private static final MapType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);
  private static final MapType COUNTS = MapType.create(SimpleType.STRING, SimpleType.INT);

  static final StructType AGENT =
      struct(
          "saferun.Agent",
          Map.of(
              "name", SimpleType.STRING, "version", SimpleType.STRING, "model", SimpleType.STRING));

  static final StructType ACTION =
      struct(
          "saferun.Action",
          Map.of("tool", SimpleType.STRING, "arguments", OBJECT, "call_id", SimpleType.STRING));

  static final StructType CONTEXT =
      struct(
          "saferun.Context",
          Map.of(
              "user_request", SimpleType.STRING,
              "plan", SimpleType.DYN,
              "reasoning", SimpleType.STRING,
              "retrieved", ListType.create(OBJECT),
              "state", SimpleType.DYN,
              "messages", ListType.create(SimpleType.DYN)));

  static final StructType RUN =
      struct(
          "saferun.Run",
          Map.of(
              "id", SimpleType.STRING,
              "whole", SimpleType.BOOL,
              "calls", SimpleType.INT,
              "tool_calls", SimpleType.INT,
              "calls_by_tool", COUNTS,
              "sums", MapType.create(SimpleType.STRING, SimpleType.DOUBLE),
              "repeat", SimpleType.INT,
              "cycle_period", SimpleType.INT,
              "cycle_repeats", SimpleType.INT));

  private static final Map<String, CelType> BY_NAME =
      Map.of(
          "saferun.Agent",
          AGENT,
          "saferun.Action",
          ACTION,
          "saferun.Context",
          CONTEXT,
          "saferun.Run",
          RUN);

  private static StructType struct(String name, Map<String, CelType> fields) {
    ImmutableMap<String, CelType> fixed = ImmutableMap.copyOf(fields);
    return StructType.create(name, fixed.keySet(), field -> Optional.ofNullable(fixed.get(field)));
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.copyOf(BY_NAME.values());
  }

  @Override
  public Optional<CelType> findType(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
