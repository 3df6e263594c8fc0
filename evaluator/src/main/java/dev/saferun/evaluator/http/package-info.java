/**
 * The evaluator's doors. {@code check-action} is the data plane: it runs on the event loop, reads
 * its body by hand and never waits. Rules and loop guard are the control plane.
 */
@NullMarked
package dev.saferun.evaluator.http;

import org.jspecify.annotations.NullMarked;
