package dev.saferun.evaluator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How full a window was when a call was decided. It stands in the frame: who proves the decision
 * takes it from there and counts nothing again.
 *
 * @param use what the call adds
 * @param used what others used before it within the window
 * @param whole false where the counting began after the window did: {@code used} is a lower bound
 */
public record WindowReading(WindowUse use, double used, boolean whole) {

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", use.window());
    json.put("scope", use.scope().wire());
    json.put("seconds", use.length().toSeconds());
    json.put("amount", use.amount());
    json.put("used", used);
    json.put("whole", whole);
    return json;
  }

  /** What {@link #toJson} wrote. */
  public static WindowReading fromJson(Map<String, @Nullable Object> json) {
    return fromJson(new JsonFields(json, ""));
  }

  static WindowReading fromJson(JsonFields json) {
    return new WindowReading(
        new WindowUse(
            json.text("name"),
            WindowScope.valueOf(json.text("scope").toUpperCase(Locale.ROOT)),
            Duration.ofSeconds(json.whole("seconds")),
            json.number("amount")),
        json.number("used"),
        json.flag("whole"));
  }
}
