/**
 * Sends the stream to its destinations.
 *
 * <p>Each destination has a cursor of its own, and it moves when the receiver has acknowledged what
 * is before it: every event arrives at least once, in order, under the id that it always has. A
 * receiver that is away holds up nobody else, and nothing is kept for it: it goes on from its
 * cursor in the log.
 *
 * <p>One node at a time sends to a destination. It holds it for a while in the database, and every
 * step forward says that it still does; a node that lost its hold moves nothing.
 */
@NullMarked
package dev.saferun.audit.delivery;

import org.jspecify.annotations.NullMarked;
