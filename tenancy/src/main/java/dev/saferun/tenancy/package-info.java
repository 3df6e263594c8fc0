/**
 * Who owns what: organizations, their projects, and each project's environments.
 *
 * <p>An <b>organization</b> is the tenant; nothing of it is visible to another. A <b>project</b> is
 * one agent product. An <b>environment</b> is where it runs, and carries the settings that a check
 * obeys: the {@link dev.saferun.tenancy.Mode} (what a verdict leads to), {@link
 * dev.saferun.tenancy.OnOverflow} (what happens when a decision cannot be recorded), {@link
 * dev.saferun.tenancy.OnError} (what a rule that fails while it runs stands for, unless the rule
 * says so itself) and how many requests a second one key may make.
 *
 * <p>A new project has three environments. Their defaults ({@link
 * dev.saferun.tenancy.EnvironmentDefaults}) grow stricter towards production: what is only tried
 * out is never held up by a fault of ours or of a rule; what is live stops where it cannot be
 * judged or recorded, for that is what an appliance that stands in the way is bought for.
 *
 * <pre>
 *                mode    on_overflow          on_error
 *   development  log     proceed_unrecorded   ignore
 *   staging      warn    proceed_unrecorded   escalate
 *   production   block   stop                 deny
 *   any other    log     proceed_unrecorded   ignore
 * </pre>
 *
 * <p>There are two ways in. {@link dev.saferun.tenancy.Tenancy} reads and changes: it goes to the
 * database, every change is one transaction with its audit event and its notice to the other nodes,
 * and when its stage completes the change is in force on this node. {@link
 * dev.saferun.tenancy.Environments} is the same knowledge in memory, for the hot path: it never
 * waits, and it follows a change made on another node within a second. When the database is away it
 * goes on answering with what it knew, after a restart too.
 *
 * <p>Names are lower-case slugs ({@link dev.saferun.tenancy.Name}) and never change; ids are what
 * everything refers to. Nothing here is ever deleted, because recorded decisions refer to it.
 */
@NullMarked
package dev.saferun.tenancy;

import org.jspecify.annotations.NullMarked;
