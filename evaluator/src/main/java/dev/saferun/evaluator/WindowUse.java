package dev.saferun.evaluator;

import java.time.Duration;

/**
 * What one call would add to one window of the loop guard.
 *
 * @param window the window's name, unique in its project
 * @param amount 1 where calls are counted, else the argument's value
 */
public record WindowUse(String window, WindowScope scope, Duration length, double amount) {}
