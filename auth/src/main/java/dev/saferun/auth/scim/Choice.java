package dev.saferun.auth.scim;

import dev.saferun.auth.scim.Filter.Both;
import dev.saferun.auth.scim.Filter.Comparison;
import dev.saferun.auth.scim.Filter.Either;
import dev.saferun.auth.scim.Filter.Not;
import dev.saferun.auth.scim.Filter.Operator;
import dev.saferun.auth.scim.Filter.ValuePath;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter within the path of a patch: which of an attribute's values are meant. */
final class Choice {

  private Choice() {}

  /**
   * @param parts what the value has, by names in lower case
   */
  static boolean matches(Filter filter, Map<String, Object> parts) {
    return switch (filter) {
      case Both both -> matches(both.one(), parts) && matches(both.other(), parts);
      case Either either -> matches(either.one(), parts) || matches(either.other(), parts);
      case Not not -> !matches(not.inner(), parts);
      case Comparison comparison -> compare(comparison, parts.get(comparison.path().whole()));
      case ValuePath within ->
          throw ScimProblem.INVALID_FILTER.with("brackets do not stand within brackets");
    };
  }

  private static boolean compare(Comparison comparison, @Nullable Object actual) {
    String there = actual == null ? "" : lower(actual);
    String wanted = comparison.value() == null ? "" : lower(comparison.value());
    return switch (comparison.operator()) {
      case EQ -> there.equals(wanted);
      case NE -> !there.equals(wanted);
      case CO -> there.contains(wanted);
      case SW -> there.startsWith(wanted);
      case EW -> there.endsWith(wanted);
      case PR -> !there.isEmpty();
      case GT, GE, LT, LE ->
          throw ScimProblem.INVALID_FILTER.with("the values of an attribute have no order");
    };
  }

  /** Directories write truths as texts of any case. */
  private static String lower(Object value) {
    return String.valueOf(value).toLowerCase(Locale.ROOT);
  }

  /** What a value must have for certain: the parts that are compared by eq, and joined by and. */
  static Map<String, Object> equalities(Filter filter) {
    Map<String, Object> parts = new HashMap<>();
    gather(filter, parts);
    return parts;
  }

  private static void gather(Filter filter, Map<String, Object> parts) {
    if (filter instanceof Both both) {
      gather(both.one(), parts);
      gather(both.other(), parts);
    } else if (filter instanceof Comparison comparison
        && comparison.operator() == Operator.EQ
        && comparison.value() != null) {
      parts.put(comparison.path().whole(), comparison.value());
    }
  }
}
