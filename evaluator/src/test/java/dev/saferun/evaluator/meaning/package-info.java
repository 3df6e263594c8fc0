/** Tests of meanings. */
@NullMarked
package dev.saferun.evaluator.meaning;

import org.jspecify.annotations.NullMarked;
