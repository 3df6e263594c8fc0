/**
 * The pure engine: a policy's content is compiled once into an {@link
 * dev.saferun.evaluator.engine.Engine}, which then turns a check and a run's state into a decision.
 * Nothing here reads a clock, a file, a random number or a log; what a decision depends on is in
 * its arguments. {@link dev.saferun.evaluator.engine.Language} is what a condition may say, the
 * index finds the rules of a tool, the loop guard looks at the run, and the values adapt the
 * request's trees to CEL as far as a rule touches them.
 */
@NullMarked
package dev.saferun.evaluator.engine;

import org.jspecify.annotations.NullMarked;
