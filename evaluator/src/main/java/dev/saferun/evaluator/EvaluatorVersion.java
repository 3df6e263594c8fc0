package dev.saferun.evaluator;

/**
 * The version of the code that decides; it stands in every decision and changes when a decision
 * could change.
 */
public final class EvaluatorVersion {

  public static final String CURRENT = "1";

  private EvaluatorVersion() {}
}
