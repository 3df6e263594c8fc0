package dev.saferun.evaluator;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemCode;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import org.jspecify.annotations.Nullable;

/**
 * How much a caller may send, and the problem that answers more. Nothing is cut to fit: what is
 * beyond a limit is refused whole, and nothing is changed. What one rule may be is in {@link
 * Limits}.
 */
public enum RequestLimits {
  /** A check's body. */
  REQUEST_BYTES(1 << 20, CommonProblem.BODY_TOO_LARGE),
  /** Objects and arrays within each other; {@code StrictJson} sees to it. */
  NESTING_LEVELS(StrictJson.DEPTH_MAX, CommonProblem.INVALID_JSON),
  RUN_ID_CHARACTERS(200, CommonProblem.INVALID_FIELD),
  /** Room for what a model makes up: recorded runs have a "tool" of 559 characters. */
  TOOL_CHARACTERS(1_000, CommonProblem.INVALID_FIELD),
  /** What the agent was told that the tool does. */
  DESCRIPTION_CHARACTERS(4_096, CommonProblem.INVALID_FIELD),
  CALL_ID_CHARACTERS(200, CommonProblem.INVALID_FIELD),
  /** Each of an agent's name, version and model. */
  AGENT_CHARACTERS(200, CommonProblem.INVALID_FIELD),
  RETRIEVED_PASSAGES(1_000, CommonProblem.INVALID_FIELD),
  /** A source is a name or an address; the passage itself is bounded by the body. */
  RETRIEVED_SOURCE_CHARACTERS(4_096, CommonProblem.INVALID_FIELD),
  IDEMPOTENCY_KEY_CHARACTERS(200, CommonProblem.INVALID_PARAMETER),
  RULES_PER_PROJECT(20_000, EvaluatorProblem.TOO_MANY_RULES),
  RULES_PER_PAGE(1_000, CommonProblem.INVALID_PARAMETER),
  RULES_PER_ACTIVATION(20_000, CommonProblem.INVALID_FIELD),
  ACTIVATIONS_PER_PAGE(100, CommonProblem.INVALID_PARAMETER),
  /** Each is decided again at every new version. */
  PINS_PER_RULE(100, EvaluatorProblem.TOO_MANY_PINS),
  /** What is said of a version or of an activation, and the reason of an override. */
  COMMENT_CHARACTERS(500, CommonProblem.INVALID_FIELD);

  private final int most;

  /** Always a constant of an enum. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final ProblemCode beyond;

  RequestLimits(int most, ProblemCode beyond) {
    this.most = most;
    this.beyond = beyond;
  }

  public int most() {
    return most;
  }

  /** The answer to what is beyond the limit, or to what has the wrong form altogether. */
  public ProblemException refuse(String detail, @Nullable String pointer) {
    return new ProblemException(beyond, detail, pointer);
  }
}
