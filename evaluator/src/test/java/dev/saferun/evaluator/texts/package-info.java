/** Tests of how texts are read. */
@NullMarked
package dev.saferun.evaluator.texts;

import org.jspecify.annotations.NullMarked;
