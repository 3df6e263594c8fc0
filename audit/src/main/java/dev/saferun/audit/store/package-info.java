/** The audit log in the schema {@code audit}: one table that the application may only add to. */
@NullMarked
package dev.saferun.audit.store;

import org.jspecify.annotations.NullMarked;
