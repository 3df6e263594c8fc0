package dev.saferun.auth.oidc;

import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object that somebody else wrote, by the types that they must have. One that
 * is null is absent.
 */
final class Members {

  /** The year 9999, beyond which nothing is a time. */
  private static final long SECONDS_MAX = 253_402_300_799L;

  private final Map<String, @Nullable Object> members;
  private final OidcRefusal malformed;

  private Members(Map<String, @Nullable Object> members, OidcRefusal malformed) {
    this.members = members;
    this.malformed = malformed;
  }

  /**
   * @param malformed why everything is refused that cannot be read
   */
  static Members read(byte[] json, OidcRefusal malformed) throws RefusedException {
    try {
      return new Members(StrictJson.parseObject(json), malformed);
    } catch (ProblemException fault) {
      throw new RefusedException(malformed);
    }
  }

  /** Whether it is there at all, be it null. */
  boolean has(String name) {
    return members.containsKey(name);
  }

  @Nullable Object value(String name) {
    return members.get(name);
  }

  @Nullable String text(String name) throws RefusedException {
    Object value = members.get(name);
    if (value != null && !(value instanceof String)) {
      throw new RefusedException(malformed);
    }
    return (String) value;
  }

  String demandedText(String name) throws RefusedException {
    String text = text(name);
    if (text == null || text.isEmpty()) {
      throw new RefusedException(malformed);
    }
    return text;
  }

  /** From a list of texts, or from one text. */
  List<String> texts(String name) throws RefusedException {
    Object value = members.get(name);
    if (!(value instanceof List<?> list)) {
      String one = text(name);
      return one == null ? List.of() : List.of(one);
    }
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof String text)) {
        throw new RefusedException(malformed);
      }
      texts.add(text);
    }
    return texts;
  }

  List<?> demandedList(String name) throws RefusedException {
    if (members.get(name) instanceof List<?> list) {
      return list;
    }
    throw new RefusedException(malformed);
  }

  boolean flag(String name) throws RefusedException {
    Object value = members.get(name);
    if (value != null && !(value instanceof Boolean)) {
      throw new RefusedException(malformed);
    }
    return Boolean.TRUE.equals(value);
  }

  /** From seconds since 1970, which may have a fraction (RFC 7519 2, NumericDate). */
  @Nullable Instant time(String name) throws RefusedException {
    Object value = members.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number number)
        || number.doubleValue() < 0
        || number.doubleValue() > SECONDS_MAX) {
      throw new RefusedException(malformed);
    }
    return Instant.ofEpochSecond(number.longValue());
  }
}
