package dev.saferun.evaluator.http;

/**
 * The limits of a check, and what happens beyond each.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>limit</th><th>beyond it</th></tr>
 * <tr><td>{@link #BODY_BYTES_MAX}</td><td>413 {@code body-too-large}</td></tr>
 * <tr><td>{@link #RUN_ID_CHARACTERS_MAX}, {@link #TOOL_CHARACTERS_MAX}, {@link #NAME_CHARACTERS_MAX}</td>
 *     <td>400 {@code invalid-field} with the pointer</td></tr>
 * <tr><td>{@link #RETRIEVED_MAX}, {@link #MESSAGES_MAX}</td><td>400 {@code invalid-field} with the pointer</td></tr>
 * <tr><td>{@link #IDEMPOTENCY_KEY_CHARACTERS_MAX}</td><td>400 {@code invalid-parameter}</td></tr>
 * </table>
 */
final class CheckLimits {

  static final int BODY_BYTES_MAX = 1 << 20;
  static final int RUN_ID_CHARACTERS_MAX = 200;
  static final int TOOL_CHARACTERS_MAX = 200;
  static final int NAME_CHARACTERS_MAX = 200;
  static final int RETRIEVED_MAX = 1_000;
  static final int MESSAGES_MAX = 1_000;
  static final int IDEMPOTENCY_KEY_CHARACTERS_MAX = 200;

  private CheckLimits() {}
}
