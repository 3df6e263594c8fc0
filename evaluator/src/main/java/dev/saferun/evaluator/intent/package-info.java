/**
 * What the Intent Guard measures of a call: where its values came from, which instructions in texts
 * that the agent read it follows, and where it contradicts the plan and the state that came with
 * it. Pure, and bounded by the run's texts.
 */
@NullMarked
package dev.saferun.evaluator.intent;

import org.jspecify.annotations.NullMarked;
