/**
 * The Merkle log of each organization: what was recorded gets its place in the log a moment after
 * it committed, and every few seconds the log's root is signed.
 *
 * <p>An event is in the database with its change, in one transaction. {@link
 * dev.saferun.audit.log.LogWriter} then takes what committed, in the order of the events' ids, and
 * gives it the next index. That keeps changes of one organization from waiting for each other, and
 * costs that an event of the last second is not under a signature yet.
 *
 * <p>What is hashed is {@link dev.saferun.audit.log.LogEntry}: the event with salted commitments in
 * the places of names, addresses and contents. Who sees the entry alone, such as a witness, learns
 * nothing of these, and the log stays verifiable where a detail had to be erased.
 */
@NullMarked
package dev.saferun.audit.log;

import org.jspecify.annotations.NullMarked;
