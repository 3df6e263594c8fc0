/**
 * How the people of an organization sign in: by connections to identity providers, found by the
 * domain of an e-mail address or by a link.
 *
 * <p>A {@link dev.saferun.auth.signin.Connection} is one client at one provider, by OpenID Connect
 * or SAML. A sign-in begins as a flow: one row, bound to the browser by a cookie, that whoever ends
 * it takes away, so that an answer fits one question in one browser once. What the provider then
 * says comes here as {@link dev.saferun.auth.signin.Claims}, after {@code oidc} or {@code saml} has
 * verified it, and {@link dev.saferun.auth.signin.Arrivals} says whose it is:
 *
 * <ol>
 *   <li>the member to whom this subject of this connection is linked;
 *   <li>else the member whom the directory told of under this subject as external id;
 *   <li>else the member whose user name is the e-mail address, where the provider vouches for the
 *       address and the organization has proven that its domain is its own;
 *   <li>else somebody new, where the connection makes members.
 * </ol>
 *
 * <p>An e-mail address that nobody vouches for links to nobody: whoever may choose an address at
 * some provider would be whom they choose.
 *
 * <p>Single sign-on is enforced only after a sign-in by a connection, and one by a break-glass
 * account, were seen to work: nobody locks everybody out.
 */
@NullMarked
package dev.saferun.auth.signin;

import org.jspecify.annotations.NullMarked;
