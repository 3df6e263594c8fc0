package dev.saferun.auth.scim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes of a resource are answered with (RFC 7644, 3.9), each whole: who asks for {@code
 * name.formatted} gets {@code name}.
 *
 * @param only in lower case; empty where no attribute was asked for by name
 * @param without in lower case
 */
public record ScimSelection(Set<String> only, Set<String> without) {

  private static final Set<String> ALWAYS = Set.of("id", "schemas");

  public ScimSelection {
    only = Set.copyOf(only);
    without = Set.copyOf(without);
  }

  /** From the parameters {@code attributes} and {@code excludedAttributes}. */
  public static ScimSelection of(@Nullable String attributes, @Nullable String excluded) {
    return new ScimSelection(names(attributes), names(excluded));
  }

  private static Set<String> names(@Nullable String list) {
    return list == null
        ? Set.of()
        : Arrays.stream(list.split(","))
            .flatMap(name -> AttributePath.of(name.strip()).stream())
            .map(AttributePath::attribute)
            .collect(Collectors.toSet());
  }

  /** Whether the caller names what it wants to see. */
  public boolean isAsked() {
    return !only.isEmpty();
  }

  Map<String, Object> of(Map<String, Object> resource) {
    Map<String, Object> selected = new LinkedHashMap<>();
    resource.forEach(
        (name, value) -> {
          if (has(name.toLowerCase(Locale.ROOT))) {
            selected.put(name, value);
          }
        });
    return selected;
  }

  private boolean has(String name) {
    return ALWAYS.contains(name)
        || (only.isEmpty() ? !without.contains(name) : only.contains(name));
  }
}
