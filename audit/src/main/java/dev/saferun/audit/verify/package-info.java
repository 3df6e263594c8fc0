/**
 * The export of a whole log and its verification, which needs nothing but the file: no database, no
 * network, no appliance. What wrote it and what reads it stand beside each other.
 */
@NullMarked
package dev.saferun.audit.verify;

import org.jspecify.annotations.NullMarked;
