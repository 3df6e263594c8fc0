/**
 * Making scores that mean what they say: fitting a model to labelled calls, and measuring how far
 * its probabilities hold. Pure arithmetic: the same examples give the same numbers on every
 * machine.
 */
@NullMarked
package dev.saferun.evaluator.calibration;

import org.jspecify.annotations.NullMarked;
