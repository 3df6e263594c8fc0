/** Tests of the engine's parts. */
@NullMarked
package dev.saferun.evaluator.engine;

import org.jspecify.annotations.NullMarked;
