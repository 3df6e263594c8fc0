/** Redaction policies over HTTP. */
@NullMarked
package dev.saferun.redaction.http;

import org.jspecify.annotations.NullMarked;
