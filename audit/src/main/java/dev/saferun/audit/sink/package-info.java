/** The receivers of events: one {@link dev.saferun.audit.sink.Sink} for each protocol. */
@NullMarked
package dev.saferun.audit.sink;

import org.jspecify.annotations.NullMarked;
