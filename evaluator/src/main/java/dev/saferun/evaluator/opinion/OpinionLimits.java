package dev.saferun.evaluator.opinion;

import java.time.Duration;

/** What one opinion may be, and how much failing is borne, with what happens beyond. */
final class OpinionLimits {

  // Beyond any of these the answer is malformed.

  /** Bytes of an answer's body; it is read no further. */
  static final int ANSWER_BYTES_MAX = 64 << 10;

  /** Characters of the sentence. */
  static final int SENTENCE_CHARACTERS_MAX = 1_000;

  /** Characters of the model's name. */
  static final int MODEL_CHARACTERS_MAX = 200;

  // Beyond this many the model is left alone for so long; then one call finds out for all.

  /** Failures in a row. */
  static final int FAILURES_MAX = 5;

  static final Duration REST = Duration.ofSeconds(10);

  private OpinionLimits() {}
}
