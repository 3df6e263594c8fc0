/** The evaluator module. */
@NullMarked
package dev.saferun.evaluator;

import org.jspecify.annotations.NullMarked;
