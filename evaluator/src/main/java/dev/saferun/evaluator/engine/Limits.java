package dev.saferun.evaluator.engine;

/**
 * The limits of the engine, and what happens beyond each.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>limit</th><th>beyond it</th></tr>
 * <tr><td>{@link #CONDITION_CHARACTERS_MAX}</td><td>the rule is refused when it is written</td></tr>
 * <tr><td>{@link #EXPRESSION_NODES_MAX}</td><td>the rule is refused when it is written</td></tr>
 * <tr><td>{@link #NESTED_LOOPS_MAX}</td><td>the rule is refused when it is written, at the loop too many</td></tr>
 * <tr><td>{@link #LOOP_STEPS_MAX}</td><td>the rule fails for this call with {@code cost_exceeded}</td></tr>
 * <tr><td>{@link #REGEX_CHARACTERS_MAX}</td><td>the rule fails for this call with {@code cost_exceeded}</td></tr>
 * <tr><td>{@link #TOOLS_CACHED_MAX}</td><td>further tools are looked up anew at each call</td></tr>
 * </table>
 */
final class Limits {

  static final int CONDITION_CHARACTERS_MAX = 8_192;
  static final int EXPRESSION_NODES_MAX = 1_000;
  static final int NESTED_LOOPS_MAX = 2;
  static final int LOOP_STEPS_MAX = 10_000;
  static final int REGEX_CHARACTERS_MAX = 1_000;
  static final int TOOLS_CACHED_MAX = 10_000;

  private Limits() {}
}
