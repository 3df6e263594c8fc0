/**
 * Runs and frames in the database: the bulk statements of the drain, and everything that reads them
 * back. Each transaction has one organization's scope; row-level security is the second lock.
 */
@NullMarked
package dev.saferun.replay.store;

import org.jspecify.annotations.NullMarked;
