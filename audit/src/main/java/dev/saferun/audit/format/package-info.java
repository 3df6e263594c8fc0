/**
 * The forms in which an event leaves: our JSON, CSV, CEF, OCSF and ECS. Begin at {@link
 * dev.saferun.audit.format.EventFormats}.
 *
 * <p>A form is pure and never fails. An event that could not be written would hold up all that come
 * after it in its stream, so what is odd in a document is written as a text, and what is missing is
 * left out, or said to be unknown where a schema insists. Nothing is lost but length, and that in
 * CEF only, whose keys have limits.
 *
 * <p>What a code means to a receiver is decided in one place, {@code CodeClasses}: a new code needs
 * a row there, or leaves as a call of our API.
 */
@NullMarked
package dev.saferun.audit.format;

import org.jspecify.annotations.NullMarked;
