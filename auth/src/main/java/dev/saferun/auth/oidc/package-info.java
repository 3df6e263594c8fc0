/**
 * The appliance as a client of OpenID Connect: people log in at their organization's provider, and
 * what it says of them is taken only where it was checked.
 *
 * <p>There is one flow, the authorization code flow with PKCE, and one profile of it, stricter than
 * the protocol. {@link dev.saferun.auth.oidc.OidcLogins} begins a login and ends it, {@link
 * dev.saferun.auth.oidc.OidcLogout} ends sessions at both sides, {@link
 * dev.saferun.auth.oidc.OidcDiscovery} knows the providers for both. Nothing here stores anything:
 * a flow, a session and the id of a logout token are the caller's, and so are three duties that
 * cannot be fulfilled here:
 *
 * <ul>
 *   <li>a flow is bound to the browser that began it, and is taken out of its store in the same act
 *       in which it is found, so that it ends once;
 *   <li>the id of a logout token is stored until the time that comes with it, and a token whose id
 *       is there already is a replay;
 *   <li>the {@link dev.saferun.auth.oidc.IdpWeb} that is handed in calls nobody whom the
 *       appliance's operator does not allow, follows no redirect, and is bounded in time and size.
 * </ul>
 *
 * <p>What a provider sends is read three times over. The JSON must be one that every parser reads
 * the same way: a member that stands twice refuses the whole. The signature is verified by a key
 * that came over TLS from the address that the provider names, never by one that a token brings; an
 * algorithm without a key pair is not known at all. Then each claim is compared with what the
 * connection and the flow demand, and each comparison is a constant of {@code OidcCheck}: the tests
 * switch them off one by one and show what gets in without it.
 *
 * <p>Every refusal is an {@link dev.saferun.auth.oidc.OidcRefusal} with a text that never varies.
 * It is for the one who looks after the connection; a person at the door is told that it did not
 * work, for the difference would help whoever tries. Where the provider itself refused, a few of
 * its own words are kept beside the reason, cleaned.
 *
 * <p>A provider is asked for its description once an hour and for its keys every fifteen minutes. A
 * token that names a key that is not known makes us look again, at most every thirty seconds for a
 * connection, and what is no longer in the set is forgotten with that: a key that was withdrawn
 * opens nothing for longer than its set lives. A provider that fails is left alone for five
 * seconds, so that those who wait behind one who asked are answered, too.
 */
@NullMarked
package dev.saferun.auth.oidc;

import org.jspecify.annotations.NullMarked;
