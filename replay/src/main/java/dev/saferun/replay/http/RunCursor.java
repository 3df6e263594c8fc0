package dev.saferun.replay.http;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.replay.store.RunReads.Place;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;

/** A place in the list of runs as an opaque text; a client passes it back as it came. */
final class RunCursor {

  private static final String SEPARATOR = "\n";

  private RunCursor() {}

  static String write(Place place) {
    String text = place.lastAt() + SEPARATOR + place.environmentId() + SEPARATOR + place.runId();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static Place read(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] parts = text.split(SEPARATOR, 3);
      return new Place(OffsetDateTime.parse(parts[0]), UUID.fromString(parts[1]), parts[2]);
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException fault) {
      throw new ProblemException(
          CommonProblem.INVALID_PARAMETER, "the parameter cursor is not one that was given out");
    }
  }
}
