package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a text that a run has seen.
 *
 * @param frame the number of the run's frame
 * @param pointer the text's JSON Pointer in that frame
 * @param start its first character in the text
 * @param end the character after its last
 */
public record TextPlace(long frame, String pointer, int start, int end) {

  void into(Map<String, @Nullable Object> json) {
    json.put("frame", frame);
    json.put("pointer", pointer);
    json.put("start", (long) start);
    json.put("end", (long) end);
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    into(json);
    return json;
  }

  static @Nullable TextPlace in(JsonFields fields) {
    return fields.has("frame")
        ? new TextPlace(
            fields.whole("frame"),
            fields.text("pointer"),
            (int) fields.whole("start"),
            (int) fields.whole("end"))
        : null;
  }
}
