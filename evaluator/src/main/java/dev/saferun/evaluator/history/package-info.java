/**
 * What the calls of a project were like, within bounds: for each tool the newest values of each
 * argument, and what its answers said was done. Values are kept as hashes only. Pure, but for the
 * memory itself.
 */
@NullMarked
package dev.saferun.evaluator.history;

import org.jspecify.annotations.NullMarked;
