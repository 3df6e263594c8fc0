package dev.saferun.evaluator.engine;

import static java.util.Objects.requireNonNull;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.IntentScore;
import dev.saferun.evaluator.Limits;
import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.RunState;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the conditions of one decision read, with the step budget and the loop variables of the one
 * that runs now. Each thread has its own and uses it again for its next decision, so that deciding
 * leaves nothing behind for the collector.
 */
final class Inputs {

  private static final ThreadLocal<Inputs> OWN = ThreadLocal.withInitial(Inputs::new);

  private @Nullable Check check;
  private final RunProgress progress = new RunProgress();
  private final Reasons reasons = new Reasons();
  private @Nullable RunFields run;
  private @Nullable IntentScore score;
  private final Steps steps = new Steps();
  private final @Nullable Object[] locals = new Object[Limits.COMPREHENSION_DEPTH_MAX];
  private final @Nullable Object[] fields = new Object[Path.SLOTS];
  private int rounds;
  private @Nullable Map<String, Object> variables;

  private Inputs() {}

  /** This thread's inputs, for one decision; to be {@link #close closed} when it is made. */
  static Inputs open(Check check, RunState before, LoopGuard guard) {
    Inputs inputs = OWN.get();
    inputs.check = check;
    inputs.progress.begin(check, before, guard);
    return inputs;
  }

  /** The same, for a call as it was recorded. */
  static Inputs open(Recorded call, LoopGuard guard) {
    Inputs inputs = OWN.get();
    inputs.check = call.check();
    inputs.progress.begin(call, guard);
    return inputs;
  }

  /** What this thread decides now. */
  static Inputs now() {
    return OWN.get();
  }

  /** The step budget of what this thread evaluates now. */
  static Steps current() {
    return OWN.get().steps;
  }

  /** Lets go of the request. */
  void close() {
    check = null;
    progress.end();
    reasons.clear();
    run = null;
    score = null;
    variables = null;
    Arrays.fill(locals, null);
    Arrays.fill(fields, null);
  }

  /** An evaluation starts now. */
  void start() {
    steps.restart();
    rounds = 0;
  }

  Check check() {
    return requireNonNull(check);
  }

  RunProgress progress() {
    return progress;
  }

  /** What the Intent Guard said; null where it did not judge. */
  @Nullable IntentScore score() {
    return score;
  }

  void score(@Nullable IntentScore judged) {
    score = judged;
  }

  /** What speaks for a verdict in this decision. */
  Reasons reasons() {
    return reasons;
  }

  RunFields run() {
    RunFields known = run;
    if (known == null) {
      known = new RunFields(check().runId(), progress());
      run = known;
    }
    return known;
  }

  /** The field that keys are looked up in, once it was read; null before, or where it is null. */
  @Nullable Object known(int slot) {
    return fields[slot];
  }

  void know(int slot, @Nullable Object value) {
    fields[slot] = value;
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
    Map<String, Object> known = variables;
    if (known == null) {
      Check sent = check();
      known =
          Map.of(
              "action", new RequestFields(Vocabulary.typeOf("action"), sent.action(), steps),
              "context", new RequestFields(Vocabulary.typeOf("context"), sent.context(), steps),
              "run", run(),
              "intent", new IntentFields(this),
              "agent", new RequestFields(Vocabulary.typeOf("agent"), sent.agent(), steps));
      variables = known;
    }
    return known;
  }
}
