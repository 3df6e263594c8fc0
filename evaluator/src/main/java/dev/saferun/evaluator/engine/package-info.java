/**
 * The decision engine: pure functions from a snapshot, a check and a run's state to a decision.
 * Nothing here does I/O, reads a clock, logs or knows a framework, so that the same bytes can be
 * decided again years later.
 *
 * <p>Rules are CEL, parsed and type-checked by dev.cel when they are written; they are found by the
 * tool's exact name, so that rules for other tools cost nothing. The loop guard counts over the
 * run's latest calls. All that speaks is a reason; the strongest verdict wins, and no order of
 * rules changes it.
 */
@NullMarked
package dev.saferun.evaluator.engine;

import org.jspecify.annotations.NullMarked;
