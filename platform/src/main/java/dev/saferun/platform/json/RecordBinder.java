package dev.saferun.platform.json;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds a record from a tree; public for {@link dev.saferun.platform.JsonBody} only. */
public final class RecordBinder {

  private RecordBinder() {}

  public static <T extends Record> T bind(@Nullable Object tree, Class<T> type) {
    return type.cast(makeRecord(tree, type, ""));
  }

  private static Object makeRecord(@Nullable Object tree, Class<?> type, String pointer) {
    Map<?, ?> object = expect(Map.class, tree, "an object", pointer);
    RecordShape shape = RecordShape.of(type);
    for (Object name : object.keySet()) {
      if (!shape.components().containsKey(name)) {
        throw refused("no such field is known here", child(pointer, (String) name));
      }
    }
    @Nullable Object[] values = new @Nullable Object[shape.components().size()];
    int index = 0;
    for (Map.Entry<String, AnnotatedType> component : shape.components().entrySet()) {
      String name = component.getKey();
      Object value = object.get(name);
      if (value == null && !object.containsKey(name) && !isNullable(component.getValue())) {
        throw refused("this field is required", child(pointer, name));
      }
      values[index++] = bind(value, component.getValue(), child(pointer, name));
    }
    return construct(shape, values, pointer);
  }

  private static Object construct(RecordShape shape, @Nullable Object[] values, String pointer) {
    try {
      return shape.make(values);
    } catch (InvocationTargetException fault) {
      Throwable cause = fault.getCause();
      if (cause instanceof ProblemException problem) {
        throw problem;
      }
      if (cause instanceof IllegalArgumentException wrong) {
        throw refused(String.valueOf(wrong.getMessage()), pointer);
      }
      throw new IllegalStateException("a record did not build", fault);
    }
  }

  private static @Nullable Object bind(
      @Nullable Object value, AnnotatedType declared, String pointer) {
    if (value == null) {
      if (isNullable(declared)) {
        return null;
      }
      throw refused("this must not be null", pointer);
    }
    Class<?> type = rawType(declared.getType());
    if (declared instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      return type == List.class
          ? list(value, arguments[0], pointer)
          : map(value, arguments[1], pointer);
    }
    return type.isRecord() ? makeRecord(value, type, pointer) : scalar(value, type, pointer);
  }

  private static List<@Nullable Object> list(Object value, AnnotatedType element, String pointer) {
    List<?> array = expect(List.class, value, "an array", pointer);
    List<@Nullable Object> bound = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      bound.add(bind(array.get(i), element, pointer + "/" + i));
    }
    return Collections.unmodifiableList(bound);
  }

  private static Map<String, @Nullable Object> map(
      Object value, AnnotatedType element, String pointer) {
    Map<?, ?> object = expect(Map.class, value, "an object", pointer);
    Map<String, @Nullable Object> bound = new LinkedHashMap<>();
    object.forEach(
        (name, entry) ->
            bound.put((String) name, bind(entry, element, child(pointer, (String) name))));
    return Collections.unmodifiableMap(bound);
  }

  private static Object scalar(Object value, Class<?> type, String pointer) {
    if (type == Object.class) {
      return value;
    }
    if (type == String.class) {
      return expect(String.class, value, "a text", pointer);
    }
    if (type == boolean.class || type == Boolean.class) {
      return expect(Boolean.class, value, "true or false", pointer);
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return number(value, type, pointer);
    }
    if (type.isEnum()) {
      return constant(value, type, pointer);
    }
    return parsed(expect(String.class, value, "a text", pointer), type, pointer);
  }

  private static Object number(Object value, Class<?> type, String pointer) {
    if (type == double.class || type == Double.class) {
      return expect(Number.class, value, "a number", pointer).doubleValue();
    }
    long whole = expect(Long.class, value, "a whole number", pointer);
    if (type == long.class || type == Long.class) {
      return whole;
    }
    if (type != int.class && type != Integer.class) {
      throw new IllegalStateException("a body's record cannot have a " + type.getName());
    }
    if (whole != (int) whole) {
      throw refused("the number must fit into 32 bits", pointer);
    }
    return (int) whole;
  }

  private static Object constant(Object value, Class<?> type, String pointer) {
    Enum<?>[] constants = (Enum<?>[]) type.getEnumConstants();
    for (Enum<?> constant : constants) {
      if (RecordShape.wireName(constant).equals(value)) {
        return constant;
      }
    }
    throw refused(
        Arrays.stream(constants)
            .map(RecordShape::wireName)
            .collect(Collectors.joining(", ", "this must be one of ", "")),
        pointer);
  }

  private static Object parsed(String text, Class<?> type, String pointer) {
    try {
      if (type == UUID.class) {
        return UUID.fromString(text);
      }
      if (type == Instant.class) {
        return Instant.parse(text);
      }
    } catch (IllegalArgumentException notAnId) {
      throw refused("this must be a UUID", pointer);
    } catch (DateTimeParseException notATime) {
      throw refused("this must be a time such as 2026-11-23T10:00:00Z", pointer);
    }
    throw new IllegalStateException("a body's record cannot have a " + type.getName());
  }

  private static <T> T expect(Class<T> type, @Nullable Object value, String what, String pointer) {
    if (!type.isInstance(value)) {
      throw refused("this must be " + what, pointer);
    }
    return type.cast(value);
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static Class<?> rawType(Type type) {
    return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
  }

  private static String child(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private static ProblemException refused(String detail, String pointer) {
    return new ProblemException(CommonProblem.INVALID_FIELD, detail, pointer);
  }
}
