/**
 * Keeps what an agent did, so that nothing that was answered is lost, and reads it back frame by
 * frame.
 *
 * <p><b>On the way in</b> ({@code capture}). A checked call takes the monitor of its run, is
 * decided from the run's state, gets the next number, becomes a document, is redacted, and is
 * handed to the journal; the monitor is given back before the disk is waited for. The server's
 * numbers are thus the order in which frames become durable. When the journal says so, the answer
 * leaves, and it is derived from the evidence alone: a retry after a crash gets the same bytes.
 * Where the journal refuses, the environment's {@code on_overflow} says what the caller is told,
 * and number and state stay as they were. Frames between actions, outcomes and labels go the same
 * way.
 *
 * <p><b>What memory knows.</b> Runs, decisions and idempotency keys, each within the bounds of
 * {@link dev.saferun.replay.RunsConfiguration}. At start the records of the journal that are not in
 * the database are read back. What memory does not have is asked of the database, within a
 * deadline, and only where a filter of all that was ever seen says that it can be there; so a new
 * run costs no question. A run that cannot be known is {@code partial} and its frames are numbered
 * from the present millisecond on. The filter sees this node only: with several nodes route by run
 * id and set {@code saferun.runs.sole-node} to false.
 *
 * <p>An outcome changes the state of its run: the guard judges by what calls gave. Its record holds
 * what was observed, so that the state after it is read back as it was. Windows over runs are
 * counted here too, in memory, only those that the settings name; what the journal holds is counted
 * again at start, and a reading says whether it is whole.
 *
 * <p><b>On the way down</b> ({@code journal}, {@code drain}). The journal is the truth until the
 * drain has carried it into the database: in order, one transaction an organization, written twice
 * without harm. The database may be away for as long as the journal has room. A row that it refuses
 * goes to quarantine.
 *
 * <p><b>On the way back</b> ({@code store}, {@code http}). A read waits, a second at most, until
 * the drain has passed what was durable when the read began; who writes and then reads sees what it
 * wrote. With the database away reads are refused and checks are not.
 *
 * <p>The appliance contributes a {@code Meter}, the {@code TokenKeys} of redaction and any number
 * of {@link dev.saferun.replay.OverflowListener}, and shows {@link
 * dev.saferun.replay.CaptureHealth}.
 */
@NullMarked
package dev.saferun.replay;

import org.jspecify.annotations.NullMarked;
