package dev.saferun.platform.json;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a record declares, looked up once: its constructor and its components by wire name. */
record RecordShape(Constructor<?> constructor, Map<String, AnnotatedType> components) {

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return lookUp(type);
        }
      };

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** {@code displayName} becomes {@code display_name}. */
  static String wireName(String name) {
    StringBuilder wire = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        wire.append('_');
      }
      wire.append(Character.toLowerCase(c));
    }
    return wire.toString();
  }

  static String wireName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  Object make(@Nullable Object[] values) throws InvocationTargetException {
    try {
      return constructor.newInstance(values);
    } catch (InstantiationException | IllegalAccessException fault) {
      throw new IllegalStateException("every record has its constructor", fault);
    }
  }

  private static RecordShape lookUp(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Map<String, AnnotatedType> byName = new LinkedHashMap<>();
    for (RecordComponent component : components) {
      byName.put(wireName(component.getName()), component.getAnnotatedType());
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      // The records of requests are private to their module.
      constructor.setAccessible(true);
      return new RecordShape(constructor, byName);
    } catch (NoSuchMethodException fault) {
      throw new IllegalStateException("every record has its constructor", fault);
    }
  }
}
