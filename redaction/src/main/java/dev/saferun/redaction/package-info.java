/**
 * Captured data becomes data that may be kept. This module is the only door between what an agent
 * said and did, which is full of other people's secrets, and everything that lasts: the journal,
 * the database, an export. {@link dev.saferun.redaction.Redacted} is the type that stands for
 * having gone through the door; only {@link dev.saferun.redaction.Redactor} makes one.
 *
 * <p><b>How a document goes through.</b> A {@link dev.saferun.redaction.RedactionPolicy} says what
 * may be kept. It holds {@link dev.saferun.redaction.PathRule}s, compiled into one trie, and what
 * happens to the values that a {@link dev.saferun.redaction.Detector} recognises. The document is
 * walked once with both. Where a path rule holds, its {@link dev.saferun.redaction.Action} is done
 * to the whole value and nothing below is looked at; everywhere else the detectors search texts,
 * numbers and the names of members. What is untouched is shared with the original, never copied.
 * The result is written in canonical form and hashed, and that hash is what evidence is held to for
 * ever.
 *
 * <p><b>What is left in the place of a value.</b> A dropped value leaves the object {@code
 * {"$redacted":"dropped"}}, so that its place in the tree stays; a captured member that is itself
 * named {@code $redacted} gets one more {@code $}, so nobody can make data look like the marker. A
 * mask leaves {@code ****1111}, and a token {@code tok_<class>_<22 characters>}; both are texts,
 * also in the place of a number. What is found within a longer text is replaced there, and the rest
 * of the text stays. {@code null} is never redacted: there is nothing to hide, and rules can go on
 * asking for it. A secret that is the name of a member becomes a token whatever the policy does in
 * values, because two names must stay two. The member {@code redaction} of the document says under
 * which policy and where what was done; it uses the names after redaction, so it tells nothing that
 * the document does not.
 *
 * <p><b>Tokens</b> are made with a key for each organization and class ({@link
 * dev.saferun.redaction.TokenKeys}): within both, equal values have equal tokens, and a rule that
 * compares them can be decided again from evidence. A card has one token however it is spaced.
 * Across organizations or classes, tokens tell nothing.
 *
 * <p><b>What is not redacted.</b> The caller names the top-level members that the appliance itself
 * writes; they must be scalars. Everything else is searched: the safe answer is the default one.
 * Names by which records are found (a run's id, a tool) cannot be changed here without losing the
 * record, so the door asks {@link dev.saferun.redaction.Redactor#carriesSecret} and refuses.
 *
 * <p><b>Limits</b> of what is recognised today. JSON inside a text is searched as a text: card
 * numbers and recognisable credentials in it are found, names of secrets in it are not. Nothing is
 * decoded: not base64, not percent signs, not digits of other scripts. A credential without a form
 * of its own is found by the name of its member only. About one in thirty ordinary numbers of 16
 * digits has the form of a card number and is masked too.
 *
 * <p>Policies are limited where they are written: {@link
 * dev.saferun.redaction.RedactionPolicy#RULES_MAX} rules, 512 characters and 32 segments a path,
 * four {@code **} a path, four {@code *} a name. The work for a document grows with its size and is
 * bounded by these; no pattern can make it worse.
 */
@NullMarked
package dev.saferun.redaction;

import org.jspecify.annotations.NullMarked;
