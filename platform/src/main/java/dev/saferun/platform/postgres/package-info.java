/**
 * The PostgreSQL server that comes along: unpacked once, run as a child without privileges,
 * restarted when it dies, and taken over from a predecessor that was killed. It knows nothing of
 * schemas or of what is stored.
 */
@NullMarked
package dev.saferun.platform.postgres;

import org.jspecify.annotations.NullMarked;
