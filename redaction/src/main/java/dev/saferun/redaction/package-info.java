/**
 * Captured data becomes data that may be kept. This module is the only door between what an agent
 * said and did, which is full of other people's secrets, and everything that lasts: the journal,
 * the database, an export. {@link dev.saferun.redaction.Redacted} is the type that stands for
 * having gone through the door; only {@link dev.saferun.redaction.Redactor} makes one.
 *
 * <p><b>How a document goes through.</b> A {@link dev.saferun.redaction.RedactionPolicy} says what
 * may be kept. It has layers ({@link dev.saferun.redaction.RedactionRules}): an organization's
 * floor and what an environment has over it; the one that hides more holds. It holds {@link
 * dev.saferun.redaction.PathRule}s, compiled into one trie, what happens to the values that a
 * {@link dev.saferun.redaction.Detector} or an organization's own pattern recognises, and, in what
 * an agent sent, what happens to prose and to what no rule names. The document is walked once with
 * all of them. Where a path rule holds, its {@link dev.saferun.redaction.Action} is done to the
 * whole value and nothing below is looked at; everywhere else the detectors search texts, numbers
 * and the names of members. What is untouched is shared with the original, never copied. The result
 * is written in canonical form and hashed, and that hash is what evidence is held to for ever.
 *
 * <p><b>What is left in the place of a value.</b> A dropped value leaves the object {@code
 * {"$redacted":"dropped"}}, so that its place in the tree stays; a captured member that is itself
 * named {@code $redacted} gets one more {@code $}, so nobody can make data look like the marker. A
 * mask leaves {@code ****1111}, a token {@code tok_<class>_<22 characters>}; both are texts, also
 * in the place of a number. A band leaves the range that a number is in. What is sealed leaves a
 * token and goes, as {@link dev.saferun.redaction.Sealed}, beside the document, which names the
 * hash of it; {@link dev.saferun.redaction.Originals} opens it again. What is found within a longer
 * text is replaced there, and the rest of the text stays. {@code null} is never redacted: there is
 * nothing to hide, and rules can go on asking for it. A secret that is the name of a member becomes
 * a token whatever the policy does in values, because two names must stay two. The member {@code
 * redaction} of the document says under which policy and where what was done; it uses the names
 * after redaction, so it tells nothing that the document does not.
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
 * <p><b>How a text is searched.</b> One pass tests each character for whether anything can begin
 * there or stand around it, and asks detectors only then: prefixes of vendors' keys, marks between
 * a name and a value, check digits, telephone numbering plans. The pass is made over the text as it
 * stands and once more with its escapes undone (percent signs of addresses, backslashes of JSON).
 * Runs of base64 of at least 16 characters that decode to a text are searched too, and what they
 * decode to once more; where something is in one, the whole run is found. An organization's {@link
 * dev.saferun.redaction.CustomPatterns} come on top, and hold where they are longer. The time is
 * linear in the text, whatever the text and the pattern.
 *
 * <p><b>Limits</b> of what is recognised today. Forms, check digits and words tell a value; names
 * of people, postal addresses and secrets without a form, a name or a sentence that says what they
 * are, are not found by detectors. A text that is a JSON document as a whole is walked as the tree
 * that it is; within other texts JSON is searched as a text: values behind names of secrets are
 * found, other names in it mean nothing. Words that say what a number is are known in English and a
 * few other languages. Numbers of persons with one check digit are found only where such a word
 * stands before them, or in the form they are printed in. Of telephone numbers without a plus and
 * without such a word, those are found that have a North American form or a leading zero and a plan
 * that knows them. Two levels of base64 and one of escapes are undone, no other encoding, and no
 * digits of other scripts. A password that is a plain word is found behind {@code =} or in quotes,
 * not behind a colon in prose. About one in thirty ordinary numbers of 16 digits has the form of a
 * card number and is masked too; one in twenty-three numbers of eight digits with a letter is taken
 * for a Spanish one, one in a hundred of eleven digits for a Polish one.
 *
 * <p>Policies are limited where they are written: {@link
 * dev.saferun.redaction.RedactionPolicy#RULES_MAX} rules, 512 characters and 32 segments a path,
 * four {@code **} a path, four {@code *} a name. The work for a document grows with its size and is
 * bounded by these; no pattern can make it worse.
 */
@NullMarked
package dev.saferun.redaction;

import org.jspecify.annotations.NullMarked;
