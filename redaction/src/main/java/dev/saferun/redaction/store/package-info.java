/** The layers of redaction policies in the database, and those in force in memory. */
@NullMarked
package dev.saferun.redaction.store;

import org.jspecify.annotations.NullMarked;
