package dev.saferun.evaluator;

/**
 * The version of the engine's semantics. It changes whenever the same content and the same inputs
 * could give another decision, and stands in every decision so that a proof knows what it proves.
 */
public final class EvaluatorVersion {

  public static final String CURRENT = "3";

  private EvaluatorVersion() {}
}
