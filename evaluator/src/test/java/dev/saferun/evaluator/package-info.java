/** Tests of the evaluator's public types. */
@NullMarked
package dev.saferun.evaluator;

import org.jspecify.annotations.NullMarked;
