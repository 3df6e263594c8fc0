package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.Redecision.Undecidable;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.Verdict;
import dev.saferun.tenancy.Mode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects what speaks for a verdict. The strongest reason comes first, then by kind, source,
 * version and message, so that the order never depends on the order of evaluation.
 */
final class Reasons {

  private static final Comparator<Reason> ORDER =
      Comparator.comparing(Reason::verdict, Comparator.reverseOrder())
          .thenComparing(Reason::kind)
          .thenComparing(Reason::source)
          .thenComparingInt(Reason::version)
          .thenComparing(Reason::message)
          .thenComparing(reason -> String.valueOf(reason.details().get("budget")));

  private List<Reason> enforced = List.of();
  private List<Reason> shadow = List.of();
  private List<Undecidable> undecidable = List.of();
  private boolean stopsRun;

  void clear() {
    enforced = List.of();
    shadow = List.of();
    undecidable = List.of();
    stopsRun = false;
  }

  void add(Reason reason) {
    if (reason.state() == RuleState.SHADOW) {
      shadow = with(shadow, reason);
    } else {
      enforced = with(enforced, reason);
    }
  }

  void add(Undecidable open) {
    undecidable = with(undecidable, open);
  }

  private static <T> List<T> with(List<T> list, T more) {
    List<T> grown = list.isEmpty() ? new ArrayList<>(4) : list;
    grown.add(more);
    return grown;
  }

  /** A loop was found: where the call is stopped, so is its run. */
  void stopRun() {
    stopsRun = true;
  }

  boolean stopsRun() {
    return stopsRun;
  }

  /** Whether nothing at all was said. */
  boolean isEmpty() {
    return enforced.isEmpty() && shadow.isEmpty();
  }

  List<Reason> enforced() {
    return sorted(enforced);
  }

  List<Reason> shadow() {
    return sorted(shadow);
  }

  List<Undecidable> undecidable() {
    return undecidable;
  }

  private static List<Reason> sorted(List<Reason> reasons) {
    if (reasons.size() > 1) {
      reasons.sort(ORDER);
    }
    return reasons;
  }

  /** The strongest verdict that any enforced reason stands for. */
  Verdict verdict() {
    Verdict strongest = Verdict.ALLOW;
    for (Reason reason : enforced) {
      strongest = reason.verdict().compareTo(strongest) > 0 ? reason.verdict() : strongest;
    }
    return strongest;
  }

  /** The strongest effect that any of them has. */
  Effect effect(Mode mode) {
    Effect strongest = Effect.PROCEED;
    for (Reason reason : enforced) {
      Effect effect = reason.effect(mode);
      strongest = effect.compareTo(strongest) > 0 ? effect : strongest;
    }
    return strongest;
  }
}
