package dev.saferun.evaluator.http;

import dev.saferun.evaluator.Limits;
import dev.saferun.evaluator.Verdict;
import dev.saferun.evaluator.rules.RuleDraft;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.OnError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it is written.
 *
 * @param condition CEL over action, context, run and agent that gives a boolean
 * @param verdict flag, escalate or deny
 * @param message one static sentence for whoever is stopped by it
 * @param tools exact names or globs; none means every tool
 * @param onError what a failure of the condition stands for; absent means the environment's default
 * @param enabled true unless it says otherwise
 */
record RuleBody(
    String condition,
    Verdict verdict,
    String message,
    @Nullable List<String> tools,
    @Nullable OnError onError,
    @Nullable Boolean enabled) {

  RuleBody {
    requireCondition(condition);
    requireMessage(message);
    require(verdict != Verdict.ALLOW, "this must be one of flag, escalate, deny", "/verdict");
    if (tools != null) {
      requireTools(tools);
    }
  }

  RuleDraft draft(String name) {
    return new RuleDraft(
        name,
        condition,
        verdict,
        message,
        tools == null ? List.of() : tools,
        Optional.ofNullable(onError),
        enabled == null || enabled);
  }

  private static void requireCondition(String condition) {
    require(condition.indexOf('\0') < 0, "this must not hold U+0000", "/condition");
  }

  private static void requireMessage(String message) {
    require(
        !message.isBlank() && message.length() <= Limits.MESSAGE_CHARACTERS_MAX,
        "this must have 1 to " + Limits.MESSAGE_CHARACTERS_MAX + " characters",
        "/message");
    require(
        message.chars().noneMatch(Character::isISOControl),
        "this must not hold control characters",
        "/message");
  }

  private static void requireTools(List<String> tools) {
    require(tools.size() <= Limits.TOOLS_MAX, "at most " + Limits.TOOLS_MAX + " tools", "/tools");
    for (int i = 0; i < tools.size(); i++) {
      String tool = tools.get(i);
      require(
          !tool.isEmpty() && tool.length() <= Limits.TOOL_CHARACTERS_MAX,
          "this must have 1 to " + Limits.TOOL_CHARACTERS_MAX + " characters",
          "/tools/" + i);
      require(tool.indexOf('\0') < 0, "this must not hold U+0000", "/tools/" + i);
    }
  }

  private static void require(boolean holds, String detail, String pointer) {
    if (!holds) {
      throw new ProblemException(CommonProblem.INVALID_FIELD, detail, pointer);
    }
  }
}
