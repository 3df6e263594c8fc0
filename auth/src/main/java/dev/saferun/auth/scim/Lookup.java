package dev.saferun.auth.scim;

import dev.saferun.auth.scim.Filter.Both;
import dev.saferun.auth.scim.Filter.Comparison;
import dev.saferun.auth.scim.Filter.Operator;
import dev.saferun.auth.scim.Filter.ValuePath;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the filter of a list asks for: attributes that equal a value, all of them. The rest of the
 * language is refused in words, for nobody found is what makes a directory create somebody twice.
 */
final class Lookup {

  private final List<String> known;
  private final Map<String, Object> wanted = new HashMap<>();

  private Lookup(List<String> known) {
    this.known = known;
  }

  /**
   * @param filter null where everything is asked for
   * @param known the attributes that can be looked up, in lower case
   */
  static Lookup of(@Nullable String filter, List<String> known) {
    Lookup lookup = new Lookup(known);
    if (filter != null && !filter.isBlank()) {
      lookup.gather(FilterParser.parse(filter), "");
    }
    return lookup;
  }

  private void gather(Filter filter, String within) {
    switch (filter) {
      case Both both -> {
        gather(both.one(), within);
        gather(both.other(), within);
      }
      case ValuePath chosen -> gather(chosen.inner(), chosen.path().whole() + ".");
      case Comparison comparison -> want(comparison, within);
      case Filter.Either either -> throw unanswered();
      case Filter.Not not -> throw unanswered();
    }
  }

  private void want(Comparison comparison, String within) {
    Object value = comparison.value();
    if (comparison.operator() != Operator.EQ || value == null) {
      throw unanswered();
    }
    String name = within + comparison.path().whole();
    if (!known.contains(name)) {
      throw ScimProblem.INVALID_FILTER.with(
          "these are the attributes that can be looked up: " + String.join(", ", known));
    }
    if (wanted.put(name, value) != null) {
      throw ScimProblem.INVALID_FILTER.with("an attribute stands twice in the filter");
    }
  }

  private static RuntimeException unanswered() {
    return ScimProblem.INVALID_FILTER.with(
        "a list is looked up by eq with a value, joined by and; no other operator is answered");
  }

  Optional<Object> value(String name) {
    return Optional.ofNullable(wanted.get(name));
  }

  /** The text that is asked for; null where it is not asked for. */
  @Nullable String text(String name) {
    Object value = wanted.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw ScimProblem.INVALID_FILTER.with("this attribute is a text and stands in quotes");
  }

  /** The truth that is asked for, which may be written as a text; null where it is not. */
  @Nullable Boolean truth(String name) {
    Object value = wanted.get(name);
    if (value == null) {
      return null;
    }
    return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ScimProblem.INVALID_FILTER.with("this attribute is true or false");
    };
  }
}
