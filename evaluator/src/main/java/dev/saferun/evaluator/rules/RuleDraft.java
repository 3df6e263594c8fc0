package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.Verdict;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.OnError;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What somebody wants a rule to say; a version of it exists once it is written. */
public record RuleDraft(
    String name,
    String condition,
    Verdict verdict,
    String message,
    List<String> tools,
    Optional<OnError> onError) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public RuleDraft {
    tools = List.copyOf(tools);
    if (!NAME.matcher(name).matches()) {
      throw new ProblemException(
          EvaluatorProblem.RULE_NAME_INVALID,
          "1 to 63 of a-z, 0-9 and '-', beginning with a letter or a digit");
    }
  }

  RuleVersion version(UUID id, int version) {
    return new RuleVersion(id, name, version, condition, verdict, message, tools, onError);
  }

  /** Whether a version already says this. */
  boolean saidBy(RuleVersion written) {
    return version(written.id(), written.version()).equals(written);
  }
}
