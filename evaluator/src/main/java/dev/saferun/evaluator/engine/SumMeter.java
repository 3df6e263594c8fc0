package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.LoopGuardSettings.SumBudget;
import dev.saferun.evaluator.engine.RunProgress.Spending;

/** Reads the argument of one sum budget out of a call. */
record SumMeter(String name, double max, ArgumentPath argument) {

  static SumMeter of(SumBudget budget) {
    return new SumMeter(budget.name(), budget.max(), ArgumentPath.of(budget.argument()));
  }

  Spending read(Check check) {
    double amount = argument.number(check);
    return amount >= 0 ? new Spending(this, amount, true) : new Spending(this, 0, false);
  }
}
