package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleVersion;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A version of a rule, and who wrote it when, with which words. */
public record StoredRule(RuleVersion rule, String comment, String author, Instant createdAt) {

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = rule.toJson();
    json.put("comment", comment);
    json.put("author", author);
    json.put("created_at", createdAt.toString());
    return json;
  }
}
