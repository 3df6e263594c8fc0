package dev.saferun.evaluator.history;

import dev.saferun.evaluator.Earlier;

/** What one argument of one tool was like. */
final class ArgumentHistory {

  /** Of fewer values nothing is told. */
  private static final int KNOWN_MIN = 30;

  /** Where a new value is as likely as this, one more is nothing to tell. */
  private static final double NEW_IS_USUAL = 0.1;

  private static final double USUAL_SHARE = 0.95;

  private final Recent values = new Recent();
  private final Amounts amounts = new Amounts();

  void add(Value value) {
    values.add(value.name());
    if (value.isAmount()) {
      amounts.add(value.amount());
    }
  }

  void addEarlier(Value value) {
    values.addEarlier(value.name());
    if (value.isAmount()) {
      amounts.addEarlier(value.amount());
    }
  }

  /** How much it says that this value was never seen, 0 to 1. */
  double novelty(Value value) {
    boolean told = values.known() >= KNOWN_MIN && values.count(value.name()) == 0;
    return told ? surprise(values.chanceOfNew()) : 0;
  }

  /** How far the number is above what is usual, 0 to 1. */
  double above(Value value) {
    boolean told = value.isAmount() && amounts.known() >= KNOWN_MIN;
    return told ? amounts.above(value.amount()) : 0;
  }

  /** Whether nearly all values were this one. */
  boolean isUsual(Value value) {
    return values.known() >= KNOWN_MIN && values.share(value.name()) >= USUAL_SHARE;
  }

  Earlier earlier() {
    return new Earlier(values.known(), values.different());
  }

  /** All where something new hardly ever comes, nothing where it is usual. */
  static double surprise(double chanceOfNew) {
    return Math.max(0, 1 - chanceOfNew / NEW_IS_USUAL);
  }
}
