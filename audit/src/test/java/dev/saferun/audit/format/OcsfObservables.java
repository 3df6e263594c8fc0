package dev.saferun.audit.format;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An observable points at a value elsewhere in its event: it must be there, and be the same. */
final class OcsfObservables {

  private final Map<String, @Nullable Object> event;

  OcsfObservables(Map<String, @Nullable Object> event) {
    this.event = event;
  }

  void check(List<String> found) {
    if (event.get("observables") instanceof List<?> observables) {
      observables.stream()
          .map(JsonObjects::of)
          .filter(
              one -> !Objects.equals(one.get("value"), valueAt(String.valueOf(one.get("name")))))
          .forEach(one -> found.add("nothing such is observed: " + one.get("name")));
    }
  }

  private @Nullable Object valueAt(String path) {
    Object value = event;
    for (String name : path.split("\\.", -1)) {
      Object inner = JsonObjects.of(value).get(name);
      value = inner instanceof List<?> list ? list.getFirst() : inner;
    }
    return value;
  }
}
