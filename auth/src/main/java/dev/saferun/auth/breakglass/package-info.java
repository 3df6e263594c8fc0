/**
 * The account for the day on which no identity provider answers: a password (Argon2id) and a code
 * from an authenticator (TOTP, RFC 6238), at an address of its own, off the sign-in page.
 *
 * <p>It belongs to a member, whose roles it has. Whoever tries it is slowed down by where it comes
 * from and by whom it is tried for. The second would let an attacker keep the true owner out, so it
 * does not count for a source from which that member signed in before. An unknown name costs the
 * same work as a known one. Every try is an audit event and a line in the log.
 */
@NullMarked
package dev.saferun.auth.breakglass;

import org.jspecify.annotations.NullMarked;
