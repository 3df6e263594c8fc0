/** Measures the loop guard, and the rules of others beside it, on the same traces. */
@NullMarked
package dev.saferun.evaluator.loops;

import org.jspecify.annotations.NullMarked;
