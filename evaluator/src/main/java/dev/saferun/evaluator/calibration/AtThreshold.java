package dev.saferun.evaluator.calibration;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a threshold finds and disturbs among labelled calls.
 *
 * @param precision the bad calls among those at or above it
 * @param recall those at or above it among the bad calls
 */
public record AtThreshold(double threshold, Share precision, Share recall) {

  /** The shares that nothing was drawn for are left out. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("threshold", threshold);
    json.put("reached", precision.all());
    json.put("found", recall.part());
    json.put("bad", recall.all());
    precision.into(json, "precision");
    recall.into(json, "recall");
    return json;
  }
}
