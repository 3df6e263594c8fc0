/**
 * Proves decisions: decides a kept call again, from what its frame kept and from the policy that
 * the decision names, and compares. Nothing here is asked by a check.
 */
@NullMarked
package dev.saferun.replay.proof;

import org.jspecify.annotations.NullMarked;
