/**
 * What every answer of the API has in common: a request id, and for a refusal the one problem
 * document of RFC 9457, whether a module refused, the server's own parts did, or nobody expected
 * it. Text that comes from an exception of somebody else's making reaches neither the caller nor
 * the log, because it may quote what was sent.
 */
@NullMarked
package dev.saferun.platform.http;

import org.jspecify.annotations.NullMarked;
