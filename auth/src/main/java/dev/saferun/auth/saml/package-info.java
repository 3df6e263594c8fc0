/**
 * Login by SAML 2.0: this appliance as a service provider, the customer's identity provider on the
 * other side. Nothing here does I/O or asks a clock; a caller hands in text and the time, and gets
 * an outcome.
 *
 * <p><b>The rule.</b> Nearly every hole that was ever found in this protocol is the same one: a
 * verifier looked at one element, and the application read another. Here, who somebody is comes
 * from one place only: the canonical bytes whose digest stood in the signature, parsed anew. {@link
 * dev.saferun.auth.saml.XmlSignatures} hands out nothing else, so what a signature does not cover
 * cannot be read, wherever it stands in the message.
 *
 * <p>The way of a message: {@link dev.saferun.auth.saml.XmlReader} reads it, once, without DOCTYPE,
 * entities, comments or processing instructions and within limits. {@link
 * dev.saferun.auth.saml.Shapes} holds it against the grammar: an element that is not known, or
 * stands where it must not, ends it. The document has one assertion, no identifier twice, and no
 * signature elsewhere than directly below what it signs. Then come the profile of the signature
 * ({@link dev.saferun.auth.saml.SignatureProfile}: one reference, to the parent, exclusive
 * canonicalisation, algorithms from a list), the arithmetic (Apache Santuario with its secure
 * validation), and last what the protocol asks: parties, request, times ({@link
 * dev.saferun.auth.saml.ResponseRules}, {@link dev.saferun.auth.saml.AssertionRules}). What KeyInfo
 * says is removed before anybody can believe it: keys come from the connection.
 *
 * <p>Each of these demands is a constant of {@link dev.saferun.auth.saml.SamlCheck}. Production has
 * all of them on; tests switch off one at a time and show that a forged message gets in then, so
 * that none of them is there for show.
 *
 * <p>What the caller must do: keep the id of an accepted assertion until {@link
 * dev.saferun.auth.saml.SamlLogin#rememberUntil} and refuse it the second time; hand over the id of
 * the request that this very browser was sent away with; choose the connection by the address at
 * which the response came in, never by what the response says; and treat RelayState as text from
 * anybody.
 *
 * <p>A certificate of the identity provider is a container of a key. Its dates and its issuer are
 * not judged: it is trusted because it was put into the connection, and until it is taken out.
 */
@NullMarked
package dev.saferun.auth.saml;

import org.jspecify.annotations.NullMarked;
