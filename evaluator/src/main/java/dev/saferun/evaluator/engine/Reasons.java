package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.Verdict;
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

  private List<Reason> reasons = List.of();

  void add(Reason reason) {
    if (reasons.isEmpty()) {
      reasons = new ArrayList<>(4);
    }
    reasons.add(reason);
  }

  /** All of them in order. */
  List<Reason> sorted() {
    if (reasons.size() > 1) {
      reasons.sort(ORDER);
    }
    return reasons;
  }

  /** The strongest verdict that any reason stands for. */
  Verdict verdict() {
    Verdict strongest = Verdict.ALLOW;
    for (Reason reason : reasons) {
      if (reason.verdict().compareTo(strongest) > 0) {
        strongest = reason.verdict();
      }
    }
    return strongest;
  }
}
