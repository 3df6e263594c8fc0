package dev.saferun.evaluator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked request: the trees as they came in (see {@code StrictJson}), raw and in memory only.
 *
 * @param runId the client's name of the run
 * @param step the client's own step number, kept beside ours
 * @param agent {@code name}, {@code version}, {@code model}
 * @param action {@code tool}, {@code arguments}, {@code call_id}, {@code description}
 * @param context {@code user_request}, {@code plan}, {@code reasoning}, {@code retrieved}, {@code
 *     state}, {@code messages}
 * @param at when the agent says that it asked (RFC 3339)
 */
public record Check(
    String runId,
    @Nullable Long step,
    Map<String, @Nullable Object> agent,
    Map<String, @Nullable Object> action,
    Map<String, @Nullable Object> context,
    @Nullable String at) {

  public String tool() {
    return String.valueOf(action.get("tool"));
  }

  /** The agent's name; empty where it gave none. */
  public String agentName() {
    return agent.get("name") instanceof String name ? name : "";
  }

  @SuppressWarnings("unchecked")
  public Map<String, @Nullable Object> arguments() {
    return action.get("arguments") instanceof Map<?, ?> arguments
        ? (Map<String, @Nullable Object>) arguments
        : Map.of();
  }
}
