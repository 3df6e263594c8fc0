package dev.saferun.evaluator.engine;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.NullValue;
import dev.cel.common.values.StructValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of our variables as CEL sees it: a struct over a JSON object. A member that was not sent
 * reads as the empty value of its type ({@code ""}, {@code []}, {@code {}}), and {@code has()}
 * tells that it was not there. Members are handed on as they are; only one that holds a JSON null
 * is copied, because CEL has a null of its own.
 */
@SuppressWarnings("Immutable") // A check's trees are written by nobody once they are read.
final class CelStruct extends StructValue<String, Map<String, @Nullable Object>> {

  private final StructType type;
  private final Map<String, @Nullable Object> members;

  CelStruct(StructType type, Map<String, @Nullable Object> members) {
    this.type = type;
    this.members = members;
  }

  @Override
  public Object select(String field) {
    if (members.containsKey(field)) {
      return adapted(members.get(field));
    }
    return type.findField(field)
        .map(found -> empty(found.type()))
        .orElseThrow(() -> CelAttributeNotFoundException.forFieldResolution(field));
  }

  @Override
  public Optional<Object> find(String field) {
    return members.containsKey(field) ? Optional.of(adapted(members.get(field))) : Optional.empty();
  }

  @Override
  public Map<String, @Nullable Object> value() {
    return members;
  }

  @Override
  public boolean isZeroValue() {
    return members.isEmpty();
  }

  @Override
  public CelType celType() {
    return type;
  }

  private static Object empty(CelType type) {
    if (type instanceof ListType) {
      return List.of();
    }
    if (type instanceof MapType || type.equals(SimpleType.DYN)) {
      return Map.of();
    }
    return type.equals(SimpleType.STRING)
        ? ""
        : type.equals(SimpleType.BOOL) ? (Object) false : (Object) 0L;
  }

  private static Object adapted(@Nullable Object value) {
    return holdsNull(value) ? copy(value) : value == null ? NullValue.NULL_VALUE : value;
  }

  private static boolean holdsNull(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Map<?, ?> object -> object.values().stream().anyMatch(CelStruct::holdsNull);
      case List<?> array -> array.stream().anyMatch(CelStruct::holdsNull);
      default -> false;
    };
  }

  private static Object copy(@Nullable Object value) {
    return switch (value) {
      case null -> NullValue.NULL_VALUE;
      case Map<?, ?> object -> {
        Map<Object, Object> copy = LinkedHashMap.newLinkedHashMap(object.size());
        object.forEach((key, member) -> copy.put(key, copy(member)));
        yield copy;
      }
      case List<?> array -> {
        List<Object> copy = new ArrayList<>(array.size());
        array.forEach(element -> copy.add(copy(element)));
        yield copy;
      }
      default -> value;
    };
  }
}
