/**
 * Sessions, access tokens and directory tokens: what a person or a directory holds, and what of it
 * lies in the database.
 *
 * <p>A {@link dev.saferun.auth.ticket.TicketText} is 256 random bits and the organization in which
 * it is looked up. Only its keyed hash is kept. Unlike an API key it is looked up in the database
 * with each request: what ends a session, or deactivates its member, ends it at the next request on
 * every node, and the control plane needs the database anyway. What a ticket may do is never in it;
 * it is what its member may do at that moment, narrowed by the token's own permissions.
 *
 * <p>A session ends by itself when it was idle or alive for too long; both are judged by the
 * database's rows and the injected clock.
 */
@NullMarked
package dev.saferun.auth.ticket;

import org.jspecify.annotations.NullMarked;
