package dev.saferun.evaluator.http;

import dev.saferun.evaluator.Limits;
import dev.saferun.evaluator.Verdict;
import dev.saferun.evaluator.rules.RuleDraft;
import dev.saferun.platform.BodyFields;
import dev.saferun.tenancy.OnError;
import io.swagger.v3.oas.annotations.media.Schema;
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
 * @param comment what is said of this version, at most 500 characters
 */
record RuleBody(
    String condition,
    @Schema(
            type = "string",
            allowableValues = {"flag", "escalate", "deny"})
        String verdict,
    String message,
    @Nullable List<String> tools,
    @Schema(
            type = "string",
            allowableValues = {"deny", "escalate", "ignore"})
        @Nullable String onError,
    @Nullable String comment) {

  private static final Verdict[] VERDICTS = {Verdict.FLAG, Verdict.ESCALATE, Verdict.DENY};

  /** What was read of a body. */
  record Read(RuleDraft draft, String comment) {}

  static Read read(byte[] body, String rule) {
    BodyFields fields =
        BodyFields.read(body, "condition", "verdict", "message", "tools", "on_error", "comment");
    return new Read(draft(fields, rule), Comments.optional(fields, "comment").orElse(""));
  }

  private static RuleDraft draft(BodyFields fields, String rule) {
    return new RuleDraft(
        rule,
        condition(fields),
        fields
            .choice("verdict", VERDICTS, Verdict::wire)
            .orElseThrow(() -> BodyFields.missing("verdict")),
        message(fields),
        tools(fields).orElse(List.of()),
        fields.choice("on_error", OnError.values(), OnError::wire));
  }

  /** How long it may be is the language's to say, with line and column. */
  private static String condition(BodyFields fields) {
    String condition = fields.text("condition").orElseThrow(() -> BodyFields.missing("condition"));
    return storable("condition", condition);
  }

  private static String message(BodyFields fields) {
    String message =
        fields
            .text("message", Limits.MESSAGE_CHARACTERS_MAX)
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> BodyFields.missing("message"));
    if (message.chars().anyMatch(Character::isISOControl)) {
      throw BodyFields.refuse("message", "must not hold control characters");
    }
    return message;
  }

  private static Optional<List<String>> tools(BodyFields fields) {
    Optional<List<String>> tools =
        fields.texts("tools", Limits.TOOLS_MAX, Limits.TOOL_CHARACTERS_MAX);
    tools.ifPresent(all -> all.forEach(tool -> storable("tools", tool)));
    return tools;
  }

  /** PostgreSQL keeps no text with this character. */
  private static String storable(String name, String text) {
    if (text.indexOf('\0') >= 0) {
      throw BodyFields.refuse(name, "must not hold U+0000");
    }
    return text;
  }
}
