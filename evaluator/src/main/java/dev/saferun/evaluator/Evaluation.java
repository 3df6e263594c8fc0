package dev.saferun.evaluator;

/** What one call gives: the decision, and the run's state for the next call. */
public record Evaluation(Decision decision, RunState after) {}
