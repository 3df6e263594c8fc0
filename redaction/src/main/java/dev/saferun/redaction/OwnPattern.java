package dev.saferun.redaction;

/**
 * A pattern of an organization's own, and what happens to what it finds.
 *
 * @param name the class of what it finds
 * @param expression a regular expression as RE2 has it
 */
public record OwnPattern(String name, String expression, Action action) {}
