package dev.saferun.platform;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a small request body, each read with its type; what is unknown or has a wrong value
 * is refused with its place. {@code null} is a field that is absent.
 */
public final class BodyFields {

  private final Map<String, @Nullable Object> fields;
  private final String place;

  private BodyFields(Map<String, @Nullable Object> fields, String place) {
    this.fields = fields;
    this.place = place;
  }

  /** Reads a body that may have these fields and no others. */
  public static BodyFields read(byte[] body, String... known) {
    Map<String, @Nullable Object> fields = StrictJson.parseObject(body);
    refuseNul(fields, "");
    return of(fields, "", known);
  }

  /** The database keeps every character but this one. */
  private static void refuseNul(@Nullable Object value, String place) {
    if (value instanceof String text) {
      refuseNul(text, place);
    } else if (value instanceof Map<?, ?> object) {
      object.forEach(
          (name, member) -> {
            refuseNul(String.valueOf(name), place);
            refuseNul(member, place + pointer(String.valueOf(name)));
          });
    } else if (value instanceof List<?> array) {
      for (int i = 0; i < array.size(); i++) {
        refuseNul(array.get(i), place + "/" + i);
      }
    }
  }

  private static void refuseNul(String text, String place) {
    if (text.indexOf('\0') >= 0) {
      throw new ProblemException(
          CommonProblem.INVALID_FIELD, "must not hold the character U+0000", place);
    }
  }

  private static BodyFields of(
      Map<String, @Nullable Object> fields, String place, String... known) {
    BodyFields read = new BodyFields(fields, place);
    List<String> names = List.of(known);
    for (String name : fields.keySet()) {
      if (!names.contains(name)) {
        throw read.refusal(name, "there is no such field; known are " + String.join(", ", names));
      }
    }
    return read;
  }

  /** An object within this one, with these fields and no others. */
  public Optional<BodyFields> object(String name, String... known) {
    Object value = fields.get(name);
    return value == null
        ? Optional.empty()
        : Optional.of(objectOf(value, place + pointer(name), known));
  }

  /** An object within this one whose fields are anybody's: it is for another reader. */
  @SuppressWarnings("unchecked")
  public Optional<Map<String, @Nullable Object>> tree(String name) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Map<?, ?> object) {
      return Optional.of((Map<String, @Nullable Object>) object);
    }
    throw refusal(name, "must be an object");
  }

  /** An array of objects, each with these fields and no others. */
  public Optional<List<BodyFields>> objects(String name, int countMax, String... known) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof List<?> array) || array.size() > countMax) {
      throw refusal(name, "must be an array of at most " + countMax + " objects");
    }
    List<BodyFields> objects = new ArrayList<>(array.size());
    for (Object element : array) {
      objects.add(objectOf(element, place + pointer(name) + "/" + objects.size(), known));
    }
    return Optional.of(objects);
  }

  @SuppressWarnings("unchecked")
  private static BodyFields objectOf(@Nullable Object value, String place, String... known) {
    if (value instanceof Map<?, ?> object) {
      return of((Map<String, @Nullable Object>) object, place, known);
    }
    throw new ProblemException(CommonProblem.INVALID_FIELD, "must be an object", place);
  }

  /** A text of any length that the body may have. */
  public Optional<String> text(String name) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw refusal(name, "must be a text");
  }

  public Optional<String> text(String name, int charactersMax) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && text.length() <= charactersMax) {
      return Optional.of(text);
    }
    throw refusal(name, "must be a text of at most " + charactersMax + " characters");
  }

  /** An array of texts, each of at least one character. */
  public Optional<List<String>> texts(String name, int countMax, int charactersMax) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof List<?> array) || array.size() > countMax) {
      throw refusal(name, "must be an array of at most " + countMax + " texts");
    }
    List<String> texts = new ArrayList<>(array.size());
    for (Object element : array) {
      if (!(element instanceof String text) || text.isEmpty() || text.length() > charactersMax) {
        throw new ProblemException(
            CommonProblem.INVALID_FIELD,
            "must be a text of 1 to " + charactersMax + " characters",
            place + pointer(name) + "/" + texts.size());
      }
      texts.add(text);
    }
    return Optional.of(texts);
  }

  /** One of the constants, by its name on the wire. */
  public <T> Optional<T> choice(String name, T[] constants, Function<T, String> wire) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    for (T constant : constants) {
      if (wire.apply(constant).equals(value)) {
        return Optional.of(constant);
      }
    }
    throw refusal(
        name,
        "must be one of " + String.join(", ", List.of(constants).stream().map(wire).toList()));
  }

  public Optional<Integer> whole(String name, int least, int most) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Long whole && whole >= least && whole <= most) {
      return Optional.of(whole.intValue());
    }
    throw refusal(name, "must be a whole number from " + least + " to " + most);
  }

  public Optional<Boolean> truth(String name) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Boolean truth) {
      return Optional.of(truth);
    }
    throw refusal(name, "must be true or false");
  }

  /** A point in time as RFC 3339 writes it, with its offset. */
  public Optional<Instant> time(String name) {
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(String.valueOf(value)).toInstant());
    } catch (DateTimeParseException fault) {
      throw refusal(name, "must be a time such as 2026-11-23T04:05:06Z");
    }
  }

  /** The refusal of a field that must be there and is not, at its place in the whole body. */
  public ProblemException absent(String name) {
    return refusal(name, "is missing");
  }

  /** The refusal of one field, at its place in the whole body. */
  public ProblemException refusal(String name, String detail) {
    return new ProblemException(CommonProblem.INVALID_FIELD, detail, place + pointer(name));
  }

  /** The refusal of a field of the body itself that must be there and is not. */
  public static ProblemException missing(String name) {
    return refuse(name, "is missing");
  }

  /** The refusal of one field of the body itself. */
  public static ProblemException refuse(String name, String detail) {
    return new ProblemException(CommonProblem.INVALID_FIELD, detail, pointer(name));
  }

  private static String pointer(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
