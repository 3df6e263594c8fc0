/**
 * Where a run parts from what was asked, and why: read from the frames, by what was measured when
 * its calls were decided.
 */
@NullMarked
package dev.saferun.replay.understand;

import org.jspecify.annotations.NullMarked;
