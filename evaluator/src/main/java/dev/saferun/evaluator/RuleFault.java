package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a rule cannot be taken, and where in its condition; lines and columns count from 1. */
public record RuleFault(int line, int column, String message) {

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("line", (long) line);
    json.put("column", (long) column);
    json.put("message", message);
    return json;
  }
}
