package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calibrated probability that a call is not what the user asked for.
 *
 * @param model the model that said so; null where nothing could be measured
 */
public record IntentScore(double score, @Nullable String model) {

  /** The guard should have judged, and nothing could be measured. */
  public static final IntentScore UNAVAILABLE = new IntentScore(0, null);

  public boolean isAvailable() {
    return model != null;
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    if (isAvailable()) {
      json.put("status", "measured");
      json.put("score", score);
      json.put("model", model);
    } else {
      json.put("status", "unavailable");
    }
    return json;
  }
}
