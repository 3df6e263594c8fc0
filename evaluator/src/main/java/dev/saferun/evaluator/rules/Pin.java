package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.analysis.Expectation;
import dev.saferun.evaluator.analysis.Expectation.Finding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recorded call that a rule must stop, or must let go.
 *
 * @param decisionId names the call; the frame itself stays where it was recorded
 * @param version the rule's newest version when it was pinned
 */
public record Pin(
    String rule,
    UUID decisionId,
    Expectation expect,
    String comment,
    int version,
    String author,
    Instant createdAt) {

  /** How a pinned call comes out. */
  public record Outcome(Pin pin, Finding found) {

    public boolean isAsItMust() {
      return pin.expect.isMetBy(found);
    }

    Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("rule", pin.rule);
      json.put("decision_id", pin.decisionId.toString());
      json.put("expect", pin.expect.wire());
      json.put("found", found.wire());
      return json;
    }
  }

  Map<String, @Nullable Object> audited() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rule", rule);
    json.put("decision_id", decisionId.toString());
    json.put("expect", expect.wire());
    json.put("comment", comment);
    return json;
  }
}
