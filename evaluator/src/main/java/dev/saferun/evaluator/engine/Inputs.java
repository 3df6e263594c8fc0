package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Limits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the conditions of one decision read, with the step budget and the loop variables of the one
 * that runs now. Belongs to one thread.
 */
final class Inputs {

  private final Check check;
  private final RunFields run;
  private final Steps steps = new Steps();
  private final @Nullable Object[] locals = new Object[Limits.COMPREHENSION_DEPTH_MAX];
  private int rounds;
  private @Nullable Map<String, Object> variables;

  Inputs(Check check, RunProgress run) {
    this.check = check;
    this.run = new RunFields(check.runId(), run);
  }

  /** An evaluation starts now. */
  void start() {
    steps.restart();
    rounds = 0;
  }

  Check check() {
    return check;
  }

  RunFields run() {
    return run;
  }

  Steps steps() {
    return steps;
  }

  @Nullable Object local(int slot) {
    return locals[slot];
  }

  /** One more round of a loop, with its variable. */
  void round(int slot, @Nullable Object element) {
    rounds++;
    if (rounds > Limits.ITERATIONS_MAX) {
      throw RuleFailure.of(RuleError.COST_EXCEEDED);
    }
    locals[slot] = steps.next(element);
  }

  /** The variables by name, as CEL's own runtime takes them. */
  Map<String, Object> variables() {
    if (variables == null) {
      variables =
          Map.of(
              "action", new RequestFields(Vocabulary.typeOf("action"), check.action(), steps),
              "context", new RequestFields(Vocabulary.typeOf("context"), check.context(), steps),
              "run", run,
              "agent", new RequestFields(Vocabulary.typeOf("agent"), check.agent(), steps));
    }
    return variables;
  }
}
