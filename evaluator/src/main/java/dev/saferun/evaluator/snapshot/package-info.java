/**
 * The snapshots in force, one for each environment, in memory: read once by each check, built off
 * the event loops when rules, loop guards or modes change, kept in the database, then swapped
 * whole.
 */
@NullMarked
package dev.saferun.evaluator.snapshot;

import org.jspecify.annotations.NullMarked;
