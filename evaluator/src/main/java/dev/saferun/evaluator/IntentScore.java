package dev.saferun.evaluator;

/**
 * The calibrated probability that a call is not what the user asked for.
 *
 * @param model the model that said so
 */
public record IntentScore(double score, String model) {}
