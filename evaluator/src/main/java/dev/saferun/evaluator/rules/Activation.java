package dev.saferun.evaluator.rules;

import java.time.Instant;
import java.util.Optional;

/**
 * One step of an environment's rules.
 *
 * @param number from 1 in each environment
 * @param restored the activation whose rules were put in force again, where it was that
 * @param rules how many rules it said something of
 */
public record Activation(
    int number,
    String comment,
    Optional<Integer> restored,
    Grounds grounds,
    int rules,
    String author,
    Instant createdAt) {}
