/**
 * Who did what to what.
 *
 * <p>Whoever changes a setting, a key or a rule hands one {@link dev.saferun.audit.AuditEvent} to
 * the {@link dev.saferun.audit.AuditLog}, inside the transaction of the change. That is the whole
 * contract, and it has two sides: a change that cannot be audited does not happen, and an event
 * never tells of a change that was rolled back.
 *
 * <p>Every endpoint that may change something says by {@link dev.saferun.audit.Audited} which codes
 * it writes, or why it writes none; so does every look that matters, such as an export.
 *
 * <p>An event names the actor by kind, id and the name that people know it by (a key may be renamed
 * later; the log keeps the name of that day), the request in which it acted, by which the event is
 * found from the answer and from the log and which is absent where the appliance acts by itself,
 * the deed by a dotted code that is never renamed, and the target by {@code kind:id}. Before and
 * after are small JSON objects without secrets.
 *
 * <p>The database holds the promise that the log only grows: the application's role may insert into
 * it and read it, and has no grant to update or delete. What that role cannot promise, for who has
 * the database can do as he likes, the Merkle log shows: each organization's events are its entries
 * ({@code log}), its roots are signed every few seconds ({@code note}), and an export is verified
 * by {@link dev.saferun.audit.LogVerifier} with nothing but the file.
 *
 * <p>What is recorded here leaves for receivers elsewhere ({@code stream}, {@code format}, {@code
 * sink}, {@code delivery}), and so does what other modules {@linkplain
 * dev.saferun.audit.Announcements announce}. A receiver that is away costs nobody anything: it goes
 * on from its cursor.
 *
 * <p>This module knows no word of the product; it would log the deeds of any other appliance just
 * as well.
 */
@NullMarked
package dev.saferun.audit;

import org.jspecify.annotations.NullMarked;
