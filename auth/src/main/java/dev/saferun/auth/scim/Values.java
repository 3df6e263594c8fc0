package dev.saferun.auth.scim;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of attributes as directories write them. */
final class Values {

  private static final int ID_CHARACTERS = 36;

  private Values() {}

  /** A text without blanks at its ends; empty where there is nothing in it. */
  static Optional<String> text(String attribute, @Nullable Object value) {
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text)
        || text.length() > ScimLimits.TEXT_CHARACTERS_MAX
        || text.chars().anyMatch(Character::isISOControl)) {
      throw ScimProblem.INVALID_VALUE.with(
          attribute
              + " must be a text of at most "
              + ScimLimits.TEXT_CHARACTERS_MAX
              + " characters, none of them a control character");
    }
    return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
  }

  /** A truth, which may be written as a text. */
  static boolean truth(String attribute, @Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ScimProblem.INVALID_VALUE.with(attribute + " must be true or false");
    };
  }

  /** The values of an attribute that has several; one may stand without its array. */
  static List<?> several(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? list : List.of(value);
  }

  /** A part of a value, by its name in lower case; null where there is none. */
  static @Nullable Object part(Map<?, ?> value, String name) {
    for (Map.Entry<?, ?> entry : value.entrySet()) {
      if (String.valueOf(entry.getKey()).toLowerCase(Locale.ROOT).equals(name)) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** The id of a resource; empty where no resource can have it. */
  static Optional<UUID> id(@Nullable Object value) {
    String text = String.valueOf(value);
    try {
      return text.length() == ID_CHARACTERS ? Optional.of(UUID.fromString(text)) : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
