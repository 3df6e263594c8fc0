/**
 * Checkpoints of the log (C2SP tlog-checkpoint) as signed notes (C2SP signed-note) by Ed25519 (RFC
 * 8032). It does no I/O.
 */
@NullMarked
package dev.saferun.audit.note;

import org.jspecify.annotations.NullMarked;
