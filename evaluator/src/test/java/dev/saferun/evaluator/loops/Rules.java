package dev.saferun.evaluator.loops;

import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.Evaluation;
import dev.saferun.evaluator.Fingerprint;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.Observation;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.loops.Trace.Step;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are compared, each for one run. Those of OpenHands, Gemini CLI and LangGraph are
 * written anew from their description and not from their code.
 */
final class Rules {

  private Rules() {}

  /** Looks at one run. */
  interface Rule {

    /** Whether the call may not run. */
    boolean stops(Step step);

    /** It ran, and this came of it. */
    void ended(Step step);
  }

  /**
   * Ours with its defaults.
   *
   * @param trace its declarations are used, where there are any
   * @param heldCounts whether a call that waits for a person counts as stopped
   */
  static Rule ours(Trace trace, boolean declared, boolean heldCounts) {
    PolicySnapshot policy = declared ? policy(trace.exempt(), trace.growing()) : DEFAULTS;
    return new Ours(policy, heldCounts);
  }

  private static final Map<List<String>, PolicySnapshot> DECLARED = new HashMap<>();
  private static final PolicySnapshot DEFAULTS = policy(List.of(), Map.of());

  private static PolicySnapshot policy(List<String> exempt, Map<String, String> growing) {
    List<String> key = new ArrayList<>(exempt);
    growing.forEach((tool, argument) -> key.add(tool + argument));
    return DECLARED.computeIfAbsent(
        key,
        declared -> {
          Map<String, @Nullable Object> tools = new LinkedHashMap<>();
          for (String tool : exempt) {
            tools.put(tool, Map.of("exempt", List.of("repeat", "cycle", "no_progress")));
          }
          growing.forEach((tool, argument) -> tools.put(tool, Map.of("grows", argument)));
          return PolicySnapshot.of(
              new PolicyContent(
                  Mode.BLOCK,
                  OnError.DENY,
                  List.of(),
                  LoopGuardSettings.fromJson(Map.of("tools", tools))));
        });
  }

  private static final class Ours implements Rule {

    private final PolicySnapshot policy;
    private final boolean heldCounts;
    private final IdentityHashMap<Step, Long> frames = new IdentityHashMap<>();
    private RunState state = RunState.NEW;

    Ours(PolicySnapshot policy, boolean heldCounts) {
      this.policy = policy;
      this.heldCounts = heldCounts;
    }

    @Override
    public boolean stops(Step step) {
      frames.put(step, state.frame());
      Evaluation evaluation = policy.evaluate(step.check(), state);
      state = evaluation.after();
      Effect effect = evaluation.decision().effect();
      return effect == Effect.STOP || (heldCounts && effect == Effect.WAIT_FOR_APPROVAL);
    }

    @Override
    public void ended(Step step) {
      if (step.reported()) {
        long frame = Objects.requireNonNull(frames.get(step));
        state =
            state
                .observed(frame, Observation.of(step.result(), step.error()))
                .at(state.frame() + 1, List.of());
      }
    }
  }

  /** Names of calls and of what came of them, newest last. */
  private abstract static class OfHistory implements Rule {

    final List<Long> calls = new ArrayList<>();
    final List<Long> results = new ArrayList<>();
    final List<Boolean> failures = new ArrayList<>();

    @Override
    public void ended(Step step) {
      calls.add(call(step));
      results.add(Fingerprint.ofTree(step.error() == null ? step.result() : step.error()));
      failures.add(step.error() != null);
    }

    static long call(Step step) {
      return Fingerprint.of(step.check()).call();
    }

    <T> T last(List<T> list, int back) {
      return list.get(list.size() - 1 - back);
    }
  }

  /**
   * OpenHands: the same call with the same result four times, the same call with an error three
   * times, or A-B-A-B over six; each is seen once it happened, so the next call is stopped.
   */
  static Rule openHands() {
    return new OfHistory() {
      @Override
      public boolean stops(Step step) {
        return sameInARow(4, false) || sameInARow(3, true) || alternates();
      }

      private boolean sameInARow(int times, boolean failing) {
        if (calls.size() < times) {
          return false;
        }
        for (int back = 0; back < times; back++) {
          if (!last(calls, back).equals(last(calls, 0))
              || (failing && !last(failures, back))
              || (!failing && !last(results, back).equals(last(results, 0)))) {
            return false;
          }
        }
        return true;
      }

      private boolean alternates() {
        if (calls.size() < 6 || last(calls, 0).equals(last(calls, 1))) {
          return false;
        }
        for (int back = 0; back < 4; back++) {
          if (!last(calls, back).equals(last(calls, back + 2))
              || !last(results, back).equals(last(results, back + 2))) {
            return false;
          }
        }
        return true;
      }
    };
  }

  /** Gemini CLI: the same tool and arguments five times in a row; the fifth does not run. */
  static Rule geminiCli() {
    return new OfHistory() {
      @Override
      public boolean stops(Step step) {
        for (int back = 0; back < 4; back++) {
          if (calls.size() <= back || last(calls, back) != call(step)) {
            return false;
          }
        }
        return true;
      }
    };
  }

  /** LangGraph: 25 steps, whatever they are; here each call is one, which is kind to it. */
  static Rule langGraph() {
    return new OfHistory() {
      @Override
      public boolean stops(Step step) {
        return calls.size() >= 25;
      }
    };
  }
}
