/**
 * A key on the hot path: its form, its keyed hash, the index that finds it, and the limits on it.
 * Nothing here waits or does I/O.
 */
@NullMarked
package dev.saferun.auth.keys;

import org.jspecify.annotations.NullMarked;
