package dev.saferun.evaluator;

/**
 * Every limit of a rule and of the engine, with what happens beyond it. Together they bound what
 * one decision can cost: {@code rules for the tool x nodes x steps}.
 */
public final class Limits {

  // Checked when a rule is written; beyond any of them the rule is refused with its place.

  /** Characters (code points) of a condition. */
  public static final int CONDITION_CHARACTERS_MAX = 4_096;

  /** Nodes of a condition's syntax tree, after its macros are expanded. */
  public static final int CONDITION_NODES_MAX = 1_000;

  /** Levels of nesting that the parser follows. */
  public static final int CONDITION_DEPTH_MAX = 64;

  /**
   * Comprehensions ({@code exists}, {@code all}, {@code map}, {@code filter}) inside each other.
   */
  public static final int COMPREHENSION_DEPTH_MAX = 2;

  /** Characters of a regular expression, which must be a literal. */
  public static final int REGEX_CHARACTERS_MAX = 256;

  /** The product of all counted repetitions ({@code x{20}}) of a regular expression. */
  public static final long REGEX_REPETITIONS_MAX = 1_000;

  /** Tools and globs of one rule. */
  public static final int TOOLS_MAX = 100;

  /** Characters of one tool name or glob. */
  public static final int TOOL_CHARACTERS_MAX = 200;

  /** Stars in one glob. */
  public static final int TOOL_STARS_MAX = 8;

  /** Characters of a rule's message. */
  public static final int MESSAGE_CHARACTERS_MAX = 500;

  // Counted while a rule runs; beyond either the rule fails with cost_exceeded, and its on_error
  // decides.

  /** Rules that one explanation takes apart. */
  public static final int EXPLAINED_RULES_MAX = 100;

  /** Of a text that a rule read, an explanation gives so much. */
  public static final int EXPLAINED_CHARACTERS_MAX = 200;

  /** Rounds of all comprehensions of one evaluation together. */
  public static final int ITERATIONS_MAX = 10_000;

  /**
   * Steps of one evaluation: each value that is read from the request is one, each {@link
   * #CHARACTERS_PER_STEP} characters of a text one more, and each character that a regular
   * expression is held against one, for it takes that much longer.
   */
  public static final long STEPS_MAX = 1_000_000;

  /** How much text counts as one step. */
  public static final int CHARACTERS_PER_STEP = 64;

  // Kept in memory.

  /**
   * Tool names beside those that rules name exactly, whose rules a snapshot remembers. Further
   * names are looked up each time: slower, never wrong.
   */
  public static final int TOOLS_REMEMBERED_MAX = 4_096;

  /**
   * Tools that a run's state counts one by one. Calls of further tools still count in {@code
   * calls}, and the state says that it is not whole.
   */
  public static final int TOOLS_COUNTED_MAX = 256;

  private Limits() {}
}
