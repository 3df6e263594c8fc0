/** Tests of the arithmetic of calibration. */
@NullMarked
package dev.saferun.evaluator.calibration;

import org.jspecify.annotations.NullMarked;
