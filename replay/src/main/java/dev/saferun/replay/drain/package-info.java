/**
 * From the journal into the database: in order, in batches, written twice without harm, never
 * stopped by a row and never in the way of a check.
 */
@NullMarked
package dev.saferun.replay.drain;

import org.jspecify.annotations.NullMarked;
