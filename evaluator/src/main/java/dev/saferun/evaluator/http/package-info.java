/**
 * The evaluator's endpoints. {@code check-action} is the data plane: raw bytes in and out, no
 * reflection, nothing that blocks, because it runs on the event loop. Rules and loop guards are the
 * control plane, for admin keys only; their answer comes when the change is in force on this node.
 */
@NullMarked
package dev.saferun.evaluator.http;

import org.jspecify.annotations.NullMarked;
