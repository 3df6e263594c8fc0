/**
 * Decides whether a tool call may go ahead.
 *
 * <p><b>A check</b> is one tool call that asks to happen, with all that the agent knew: a {@link
 * dev.saferun.evaluator.Check}. It comes in through {@code POST /v1/check-action}, whose door takes
 * exactly the fields that are documented, within {@link dev.saferun.evaluator.RequestLimits}, and
 * refuses the rest with its place.
 *
 * <p><b>A rule</b> is a named condition with a verdict. Each edit is a new {@link
 * dev.saferun.evaluator.RuleVersion} that nothing ever changes; the database gives the application
 * no right to. A rule is compiled before it is kept ({@link dev.saferun.evaluator.RuleChecker}):
 * one with faults is refused with their lines and columns and never reaches a policy. Beside the
 * rules stands the loop guard ({@link dev.saferun.evaluator.LoopGuardSettings}), which needs none.
 *
 * <p><b>An activation</b> puts rule versions in force in one environment, many at once or none,
 * each in a {@link dev.saferun.evaluator.RuleState}. A version that no activation named is a draft:
 * it is in force nowhere. Where the environment stops calls, a rule may do so only with a backtest
 * of that very version ({@link dev.saferun.evaluator.BacktestEvidence}, which another module fills)
 * or with somebody's reason, and both are audited.
 *
 * <p><b>A policy</b> ({@link dev.saferun.evaluator.PolicyContent}) is all that decides in one
 * environment: the rule versions that its activations put in force, the loop guard, and the
 * environment's mode. Ready to decide it is a {@link dev.saferun.evaluator.PolicySnapshot}, named
 * by the hash of its content. One snapshot is in force in each environment, and it is replaced
 * whole: a check takes the reference once, decides from it and is recorded with its name, so no
 * decision is ever made from two versions. Its content is in the database before it is in force, so
 * that the name in a decision can always be looked up. What cannot be built leaves the last good
 * one in force and says so ({@link dev.saferun.evaluator.SnapshotHealth}). That one is on this
 * node's disk too: a start without the database, or with a policy that this version cannot build,
 * goes on with it.
 *
 * <p><b>Deciding is pure.</b> {@code decide(check, run state)} reads no clock, no file and no
 * network. What a run did before, what came of it, and how full the windows are ({@link
 * dev.saferun.evaluator.RunState}) is an input, kept with the decision; the same input gives the
 * same {@link dev.saferun.evaluator.Decision}, byte for byte, on any node and years later. The
 * {@link dev.saferun.evaluator.Verdict} says what was found, the {@link
 * dev.saferun.evaluator.Effect} what the caller must do about it under the environment's mode, and
 * each {@link dev.saferun.evaluator.Reason} what spoke for it. No rule goes before another: all
 * rules of the tool are asked, and the strongest verdict wins. A rule that fails while it runs is a
 * reason too, never a silence.
 *
 * <p><b>Recorded, then answered.</b> Decisions are kept by whoever fills {@link
 * dev.saferun.evaluator.RunLog}. The answer leaves when the frame is durable; where that is not
 * possible the environment has said beforehand whether the call stops or proceeds unrecorded, and
 * the answer says which.
 */
@NullMarked
package dev.saferun.evaluator;

import org.jspecify.annotations.NullMarked;
