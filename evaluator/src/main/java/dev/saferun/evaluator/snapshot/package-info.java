/**
 * The policies in force: one immutable snapshot for each environment, swapped whole when something
 * of it changes.
 */
@NullMarked
package dev.saferun.evaluator.snapshot;

import org.jspecify.annotations.NullMarked;
