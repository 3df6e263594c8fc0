/**
 * How {@link dev.saferun.platform.Secrets}, {@link dev.saferun.platform.KeyKeeper} and {@link
 * dev.saferun.platform.DataKeys} are filled.
 *
 * <p>Three keepers: the keyring in the data directory, a Vault, and environment variables. The
 * configured one wraps; every one that is there unwraps what it once wrapped, so that changing the
 * keeper is a rotation like any other. {@link dev.saferun.platform.secrets.WatchedKeeper} stands
 * before each of them: it counts, remembers for health, and turns what went wrong into the one
 * problem that callers see.
 *
 * <p>A data key's way: {@link dev.saferun.platform.secrets.DataKeyRows} has it wrapped, {@link
 * dev.saferun.platform.secrets.StoredDataKeys} has it unwrapped, {@link
 * dev.saferun.platform.secrets.HeldKeys} has it in the clear until its time is over. {@link
 * dev.saferun.platform.secrets.Caretaker} looks after all of them once a second. Whatever waits for
 * a keeper waits on a virtual thread.
 */
@NullMarked
package dev.saferun.platform.secrets;

import org.jspecify.annotations.NullMarked;
