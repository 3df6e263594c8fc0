/**
 * A call that waits for a person: it is requested by the drain, decided by a reviewer, and claimed
 * by the agent, once, for the very call that was checked.
 *
 * <p><b>What is approved</b> is a hash of tool and arguments as they were checked, before redaction
 * ({@link dev.saferun.replay.approval.CallHasher}). It is made in the moment of the check, stands
 * in the frame's evidence and in the answer, and is compared twice: a reviewer names the hash that
 * they saw, and the agent brings the call itself. Arguments are kept nowhere for it.
 *
 * <p><b>State.</b> A row is {@code pending}, then {@code approved} or {@code denied} by one person,
 * then, if approved, claimed once. What was neither denied nor claimed when its time is over is
 * {@code expired}, which says nothing against the call. Time is the injected clock's, read while
 * the row is locked, so of two deeds at once the second sees the first. What follows from a row and
 * a clock is decided in {@link dev.saferun.replay.approval.Judgement}, without I/O.
 *
 * <p>Every deed is written with its audit event, or not at all. A deed that is refused for another
 * call or for its lateness is written down too, so it returns what became of it, and the refusal is
 * made after the commit.
 */
@NullMarked
package dev.saferun.replay.approval;

import org.jspecify.annotations.NullMarked;
