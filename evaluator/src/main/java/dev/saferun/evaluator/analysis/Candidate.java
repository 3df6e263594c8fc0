package dev.saferun.evaluator.analysis;

/**
 * A condition that may become a rule.
 *
 * @param sentence the same for a person
 */
public record Candidate(String condition, String sentence) {}
