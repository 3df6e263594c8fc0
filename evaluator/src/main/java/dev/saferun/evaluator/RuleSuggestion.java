package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule that would have stopped a call, and what else it would have stopped.
 *
 * @param condition in the language of rules
 * @param sentence the same for a person, fit to be the rule's message
 * @param bad other calls of the tool that it stops and that were labelled bad or stopped
 * @param good calls of the tool that it stops and that were let through and not labelled bad
 * @param undecidable calls of which redaction took what it needs
 */
public record RuleSuggestion(
    String condition, String sentence, int bad, int good, int undecidable) {

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("condition", condition);
    json.put("sentence", sentence);
    json.put("stops_bad", (long) bad);
    json.put("stops_good", (long) good);
    json.put("undecidable", (long) undecidable);
    return json;
  }
}
