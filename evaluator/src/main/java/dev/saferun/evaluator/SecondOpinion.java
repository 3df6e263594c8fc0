package dev.saferun.evaluator;

import java.util.concurrent.CompletionStage;

/**
 * A model of the customer's own that is asked about calls: a judge or a classifier that runs where
 * the customer says. The product has none; where none is configured nobody is asked.
 *
 * <p>It sees the call as the agent sent it, before redaction. What it says is never trusted beyond
 * its score: it cannot make a call less suspect than what was measured of it.
 */
public interface SecondOpinion {

  /**
   * Asks about one call. Returns at once and never fails: what goes wrong is an {@link
   * Opinion.Absent}. The stage does not complete on the caller's thread unless nobody was asked.
   */
  CompletionStage<Opinion> ask(Check check);
}
