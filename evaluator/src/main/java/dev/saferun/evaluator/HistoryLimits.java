package dev.saferun.evaluator;

/**
 * How much is remembered of a project's calls, with what happens beyond it. Together they bound
 * what a call costs ({@code values of a call x values of an argument} comparisons of two numbers:
 * two to four microseconds a value, to compare and to remember it) and what a project takes: about
 * 5 KB for each argument that is in use, 20 MB at the very most.
 */
public final class HistoryLimits {

  /** Projects of one node; beyond it the one that was idle longest is forgotten and read again. */
  public static final int PROJECTS_MAX = 64;

  /**
   * Tools of a project; beyond it the one that was idle longest is forgotten, and no tool is told
   * to be new any more.
   */
  public static final int TOOLS_MAX = 128;

  /** Arguments of a tool; of further ones nothing is remembered and nothing told. */
  public static final int ARGUMENTS_MAX = 32;

  /** Values of an argument, a power of two; beyond it the oldest leaves. */
  public static final int VALUES_MAX = 512;

  /** Values of one call that are compared and remembered; further ones are not looked at. */
  public static final int VALUES_OF_CALL_MAX = 64;

  /** Calls whose answer is waited for; the answer to an older one teaches nothing. */
  public static final int AWAITED_MAX = 1_024;

  /** Recorded calls that a history is made from again after a restart: the newest. */
  public static final int REBUILT_CALLS_MAX = 5_000;

  private HistoryLimits() {}
}
