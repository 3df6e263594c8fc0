/**
 * The evaluator: it says whether a tool call may go ahead, and why.
 *
 * <p>A customer writes <em>rules</em>. A {@link dev.saferun.evaluator.RuleVersion} is a condition
 * in CEL over what the agent asks ({@code action}), what it knew ({@code context}), what its run
 * did before ({@code run}) and who it is ({@code agent}), with the verdict that it stands for.
 * {@link dev.saferun.evaluator.RuleChecker} refuses, with line and column, whatever could not be
 * decided later: a field that does not exist, a type that does not fit, a cost without bound.
 * {@link dev.saferun.evaluator.Limits} is the table of those bounds. {@link
 * dev.saferun.evaluator.LoopGuardSettings} says beside the rules when a run counts as a loop and
 * what it may use up.
 *
 * <p>All that decides in one environment is a {@link dev.saferun.evaluator.PolicyContent}; compiled
 * it is a {@link dev.saferun.evaluator.PolicySnapshot}, immutable and named by the hash of its
 * content. A snapshot is a pure function: a {@link dev.saferun.evaluator.Check} and the {@link
 * dev.saferun.evaluator.RunState} before it give a {@link dev.saferun.evaluator.Decision} and the
 * state after it. The same bytes in give the same bytes out, on any node and years later; the live
 * check, a backtest and a proof are the same call.
 *
 * <p>A decision is a {@link dev.saferun.evaluator.Verdict} (what was found), an {@link
 * dev.saferun.evaluator.Effect} (what the caller must do, by the environment's mode) and every
 * {@link dev.saferun.evaluator.Reason}. No rule goes before another: all rules of the tool are
 * asked and the strongest verdict wins. A rule that fails while it runs is a reason too, with the
 * verdict of its {@code on_error}; it is never skipped in silence.
 *
 * <p>{@link dev.saferun.evaluator.RunLog} is the port through which a decision is kept before it is
 * answered; the module that keeps runs fills it.
 */
@NullMarked
package dev.saferun.evaluator;

import org.jspecify.annotations.NullMarked;
