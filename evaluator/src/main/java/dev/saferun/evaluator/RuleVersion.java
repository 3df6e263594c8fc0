package dev.saferun.evaluator;

import dev.saferun.tenancy.OnError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One immutable edit of a rule: a CEL condition that speaks for a verdict when it holds.
 *
 * @param name unique in its project; what people and reasons call it
 * @param version from 1
 * @param condition a CEL expression of type bool over {@code action}, {@code context}, {@code run}
 *     and {@code agent}
 * @param verdict what the rule stands for when the condition holds; never {@code allow}
 * @param message one static sentence for whoever is stopped by it
 * @param tools exact names or globs ({@code *} is any run of characters); none means every tool
 * @param onError what a failure of the condition stands for; absent means the environment's default
 */
public record RuleVersion(
    UUID id,
    String name,
    int version,
    String condition,
    Verdict verdict,
    String message,
    List<String> tools,
    Optional<OnError> onError) {

  public RuleVersion {
    tools = List.copyOf(tools);
  }

  /** The canonical content: equal rules give equal trees. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", id.toString());
    json.put("name", name);
    json.put("version", (long) version);
    json.put("condition", condition);
    json.put("verdict", verdict.wire());
    json.put("message", message);
    json.put("tools", tools);
    onError.ifPresent(value -> json.put("on_error", value.wire()));
    return json;
  }

  /** The rule that {@link #toJson} wrote. */
  static RuleVersion fromJson(JsonFields json) {
    return new RuleVersion(
        UUID.fromString(json.text("id")),
        json.text("name"),
        (int) json.whole("version"),
        json.text("condition"),
        Verdict.valueOf(json.text("verdict").toUpperCase(Locale.ROOT)),
        json.text("message"),
        json.texts("tools"),
        json.has("on_error")
            ? Optional.of(OnError.valueOf(json.text("on_error").toUpperCase(Locale.ROOT)))
            : Optional.empty());
  }
}
