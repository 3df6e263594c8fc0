package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The earlier calls that a call was held against.
 *
 * @param count the calls of the project, or the values that the argument had
 * @param different how many different tools, or values, were among them
 */
public record Earlier(long count, long different) {

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("count", count);
    json.put("different", different);
    return json;
  }

  static @Nullable Earlier in(JsonFields fields) {
    if (!fields.has("earlier")) {
      return null;
    }
    JsonFields earlier = fields.object("earlier");
    return new Earlier(earlier.whole("count"), earlier.whole("different"));
  }
}
