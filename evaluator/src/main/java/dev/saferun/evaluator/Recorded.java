package dev.saferun.evaluator;

/**
 * A call as its frame kept it, to be decided again.
 *
 * @param check the request, with {@link Unknown#VALUE} in place of each value that redaction took
 * @param before the run's state that the decision was made from
 * @param fingerprint of the call as it was sent, which cannot be computed from what was kept
 */
public record Recorded(Check check, RunState before, long fingerprint) {}
