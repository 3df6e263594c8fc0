/** Tests of what the Intent Guard measures. */
@NullMarked
package dev.saferun.evaluator.intent;

import org.jspecify.annotations.NullMarked;
