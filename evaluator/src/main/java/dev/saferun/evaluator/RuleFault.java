package dev.saferun.evaluator;

/**
 * Why a rule cannot be taken, and where in its condition.
 *
 * @param line from 1; 0 where the fault is not in the condition
 * @param column from 1; 0 where the fault is not in the condition
 * @param message what is wrong and, where there is one, the remedy
 */
public record RuleFault(int line, int column, String message) {}
