package dev.saferun.replay.http;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.ReplayProblem;
import dev.saferun.replay.capture.NewFrame;
import dev.saferun.replay.capture.NewOutcome;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is recorded beside checked calls; what is unknown or wrong is refused with its place.
 */
final class BodyReader {

  static final int FRAMES_MAX = 1_000;
  static final int COMMENT_CHARACTERS_MAX = 4_000;

  private static final Set<String> KINDS = Set.of("input", "plan", "model", "retrieval", "note");

  private BodyReader() {}

  static List<NewFrame> frames(byte[] body) {
    Map<String, @Nullable Object> fields = StrictJson.parseObject(body);
    known(fields, "", Set.of("frames"));
    if (!(fields.get("frames") instanceof List<?> list) || list.isEmpty()) {
      throw refuse("/frames", "must be a list of at least one frame");
    }
    if (list.size() > FRAMES_MAX) {
      throw new ProblemException(
          ReplayProblem.TOO_MANY_FRAMES, "at most " + FRAMES_MAX + " frames", "/frames");
    }
    List<NewFrame> frames = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      frames.add(frame(list.get(i), "/frames/" + i));
    }
    return frames;
  }

  @SuppressWarnings("unchecked")
  private static NewFrame frame(@Nullable Object value, String place) {
    if (!(value instanceof Map<?, ?> map)) {
      throw refuse(place, "must be an object");
    }
    Map<String, @Nullable Object> fields = (Map<String, @Nullable Object>) map;
    known(fields, place, Set.of("kind", "content", "step", "at"));
    if (!(fields.get("kind") instanceof String kind) || !KINDS.contains(kind)) {
      throw refuse(place + "/kind", "must be one of input, plan, model, retrieval, note");
    }
    if (!fields.containsKey("content")) {
      throw refuse(place + "/content", "is missing");
    }
    return new NewFrame(
        kind, fields.get("content"), whole(fields, place, "step"), time(fields, place));
  }

  static NewOutcome outcome(byte[] body) {
    Map<String, @Nullable Object> fields = StrictJson.parseObject(body);
    known(fields, "", Set.of("result", "error", "duration_millis", "at"));
    return new NewOutcome(
        fields.get("result"),
        fields.get("error"),
        whole(fields, "", "duration_millis"),
        time(fields, ""));
  }

  private static void known(Map<String, @Nullable Object> fields, String place, Set<String> names) {
    for (String name : fields.keySet()) {
      if (!names.contains(name)) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        throw refuse(place + "/" + escaped, "there is no such field");
      }
    }
  }

  private static @Nullable Long whole(
      Map<String, @Nullable Object> fields, String place, String name) {
    Object value = fields.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Long whole && whole >= 0) {
      return whole;
    }
    throw refuse(place + "/" + name, "must be a whole number of at least 0");
  }

  private static @Nullable String time(Map<String, @Nullable Object> fields, String place) {
    Object value = fields.get("at");
    if (value == null) {
      return null;
    }
    try {
      OffsetDateTime.parse(String.valueOf(value));
      return String.valueOf(value);
    } catch (DateTimeParseException fault) {
      throw refuse(place + "/at", "must be a time such as 2026-11-23T04:05:06Z");
    }
  }

  private static ProblemException refuse(String pointer, String detail) {
    return new ProblemException(CommonProblem.INVALID_FIELD, detail, pointer);
  }
}
