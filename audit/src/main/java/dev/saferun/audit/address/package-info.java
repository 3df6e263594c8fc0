/**
 * Which addresses a customer may have the appliance call.
 *
 * <p>A destination's address is a customer's text, and the appliance stands inside the network that
 * the text may point into. {@link dev.saferun.audit.address.AddressGuard} is the one door: it takes
 * one plain spelling of a host, resolves it once, judges every address that came back, and hands
 * out the addresses that were judged. Whoever connects uses these and resolves nothing again, so a
 * name that answers differently the second time gains nothing; TLS goes on to verify the name. No
 * caller follows a redirect: a new address is a new destination, and a person configures it.
 *
 * <p>Only the operator of the appliance opens a range, in its configuration. A tenant is told that
 * an address is not allowed and no more: not what a name resolved to, nor whether it resolved, or
 * the refusals would draw the network's map.
 */
@NullMarked
package dev.saferun.audit.address;

import org.jspecify.annotations.NullMarked;
