/**
 * The ground that every other module stands on, and nothing more: a type enters here when two
 * modules need it, and no type here knows a word of the product beyond <em>scope</em> and
 * <em>actor</em>.
 *
 * <p>Six things live on this floor:
 *
 * <ul>
 *   <li><b>The door.</b> {@link dev.saferun.platform.StrictJson} turns bytes into a tree or refuses
 *       them with the place of the fault; {@link dev.saferun.platform.CanonicalJson} turns a tree
 *       back into the one byte form (RFC 8785) that is hashed and kept. What goes in through the
 *       first comes out of the second unchanged. {@link dev.saferun.platform.BodyFields} reads a
 *       small body field by field, each with its type.
 *   <li><b>Errors.</b> Every refusal is a {@link dev.saferun.platform.ProblemException} with a
 *       stable {@link dev.saferun.platform.ProblemCode}; each module has one enum of its own.
 *   <li><b>Who and where.</b> {@link dev.saferun.platform.Actor} is who calls, {@link
 *       dev.saferun.platform.Scope} is what the call may touch, {@link
 *       dev.saferun.platform.RequestId} is what the call is named. Controllers take them as
 *       parameters; none looks a tenant up by hand.
 *   <li><b>Addresses outside.</b> What a customer gives as an address is text that may point into
 *       the network in which the appliance stands. {@link dev.saferun.platform.AddressGuard} is the
 *       one door: it takes one plain spelling of a host, resolves it once, judges every address
 *       that came back, and hands out those. Whoever connects uses these and resolves nothing
 *       again, and follows no redirect. Only the operator opens a range; a tenant is told that an
 *       address is not allowed and no more, or the refusals would draw the network's map.
 *   <li><b>The database.</b> {@link dev.saferun.platform.Database} gives out transactions that see
 *       one organization only; {@link dev.saferun.platform.ChangeFeed} says when an organization's
 *       settings changed on another node. A module contributes {@link
 *       dev.saferun.platform.SchemaMigrations} and {@link dev.saferun.platform.ManagedEntities} as
 *       beans; {@link dev.saferun.platform.Databases} starts one by hand.
 *   <li><b>What stays on this node.</b> {@link dev.saferun.platform.DataDirectory} is held by one
 *       process at a time; {@link dev.saferun.platform.SecretKeyring} derives a key for each
 *       purpose from the one that lies in it. {@link dev.saferun.platform.LastGood} keeps what was
 *       last in force there, and {@link dev.saferun.platform.OrganizationMemory} is how a module
 *       holds what it needs without the database: from the database where it can be read, from that
 *       disk where not.
 * </ul>
 */
@NullMarked
package dev.saferun.platform;

import org.jspecify.annotations.NullMarked;
