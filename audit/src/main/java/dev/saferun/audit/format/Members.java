package dev.saferun.audit.format;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers the members of an object and leaves out what there is not. */
final class Members {

  private final Map<String, @Nullable Object> members = new TreeMap<>();

  Members with(String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
    return this;
  }

  /** Adds a list, unless nothing stands in it. */
  Members withAny(String name, List<?> items) {
    return items.isEmpty() ? this : with(name, items);
  }

  /** Adds an object, unless nothing stands in it. */
  Members withAny(String name, Members object) {
    return object.members.isEmpty() ? this : with(name, object.tree());
  }

  Map<String, @Nullable Object> tree() {
    return members;
  }
}
