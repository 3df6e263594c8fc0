package dev.saferun.audit.http;

import dev.saferun.audit.log.EventFilter;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What these endpoints read and write alike. */
final class Parameters {

  private static final int ID_CHARACTERS = 36;
  private static final int TEXT_CHARACTERS_MAX = 200;
  private static final Set<String> OUTCOMES = Set.of("success", "failure");

  private Parameters() {}

  static HttpResponse<byte[]> json(@Nullable Object tree) {
    return HttpResponse.ok(CanonicalJson.write(tree)).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  static List<String> base64(List<byte[]> hashes) {
    return hashes.stream().map(Base64.getEncoder()::encodeToString).toList();
  }

  /** What a caller may filter by. */
  static EventFilter filter(
      @Nullable String code,
      @Nullable String outcome,
      @Nullable String actor,
      @Nullable String target,
      @Nullable String requestId,
      @Nullable String from,
      @Nullable String to) {
    if (outcome != null && !OUTCOMES.contains(outcome)) {
      throw invalid("the parameter outcome must be success or failure");
    }
    return new EventFilter(
        text("code", code),
        outcome,
        actor == null ? null : id("actor", actor),
        text("target", target),
        text("request_id", requestId),
        time("from", from),
        time("to", to));
  }

  private static @Nullable String text(String name, @Nullable String value) {
    if (value != null && (value.isEmpty() || value.length() > TEXT_CHARACTERS_MAX)) {
      throw invalid(
          "the parameter " + name + " must have 1 to " + TEXT_CHARACTERS_MAX + " characters");
    }
    return value;
  }

  static UUID id(String name, String value) {
    return id(value).orElseThrow(() -> invalid("the parameter " + name + " must be an id"));
  }

  /** An id in the path: nothing has one that is none. */
  static UUID pathId(String value) {
    return id(value).orElseThrow(Parameters::absent);
  }

  private static Optional<UUID> id(String value) {
    try {
      return value.length() == ID_CHARACTERS
          ? Optional.of(UUID.fromString(value))
          : Optional.empty();
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private static @Nullable Instant time(String name, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeParseException fault) {
      throw invalid("the parameter " + name + " must be a time such as 2026-11-23T04:05:06Z");
    }
  }

  /** A time in a body. */
  static Instant bodyTime(String name, String value) {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeParseException fault) {
      throw BodyFields.refuse(
          name, "must be now, beginning or a time such as 2026-11-23T04:05:06Z");
    }
  }

  static int limit(@Nullable Integer value, int usual, int most) {
    int limit = value == null ? usual : value;
    if (limit < 1 || limit > most) {
      throw invalid("the parameter limit must be from 1 to " + most);
    }
    return limit;
  }

  static ProblemException invalid(String detail) {
    return new ProblemException(CommonProblem.INVALID_PARAMETER, detail);
  }

  static ProblemException absent() {
    return new ProblemException(CommonProblem.NOT_FOUND, "there is no such thing in your scope");
  }
}
