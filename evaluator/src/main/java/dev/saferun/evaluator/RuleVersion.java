package dev.saferun.evaluator;

import dev.saferun.tenancy.OnError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One immutable version of a rule: a named condition with a verdict.
 *
 * @param condition CEL over {@code action}, {@code context}, {@code run} and {@code agent} that
 *     gives a boolean
 * @param message one static sentence that the answer carries when the condition holds
 * @param tools exact tool names or globs ({@code payments.*}) that the rule is for; empty means
 *     every tool
 * @param onError what a failure of the condition stands for; empty means the environment's default
 */
public record RuleVersion(
    UUID id,
    String name,
    int version,
    String condition,
    Verdict verdict,
    String message,
    List<String> tools,
    Optional<OnError> onError,
    boolean enabled) {

  public RuleVersion {
    tools = List.copyOf(tools);
  }

  /** The content that a snapshot is named by. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", id.toString());
    json.put("name", name);
    json.put("version", (long) version);
    json.put("condition", condition);
    json.put("verdict", verdict.wire());
    json.put("message", message);
    json.put("tools", tools);
    json.put("on_error", onError.map(OnError::wire).orElse(null));
    return json;
  }
}
