/** Tests of asking the customer's own model. */
@NullMarked
package dev.saferun.evaluator.opinion;

import org.jspecify.annotations.NullMarked;
