package dev.saferun.evaluator.opinion;

import dev.saferun.evaluator.Opinion;
import dev.saferun.evaluator.Opinion.Absent;
import dev.saferun.evaluator.Opinion.Given;
import dev.saferun.evaluator.Opinion.Outcome;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a model answered: the three documented fields and no others. What it says of a fault
 * never repeats the answer, for that may be logged.
 */
final class OpinionAnswer {

  private static final Set<String> FIELDS = Set.of("score", "sentence", "model");

  private OpinionAnswer() {}

  /**
   * @param body empty where it was too large
   */
  static Opinion read(Optional<byte[]> body) {
    if (body.isEmpty()) {
      return malformed("more than " + OpinionLimits.ANSWER_BYTES_MAX + " bytes");
    }
    try {
      return opinion(StrictJson.parseObject(body.get()));
    } catch (ProblemException fault) {
      return malformed("no JSON object");
    }
  }

  private static Opinion opinion(Map<String, @Nullable Object> answer) {
    if (!answer.keySet().equals(FIELDS)) {
      return malformed("must have the fields score, sentence and model and no others");
    }
    if (!(answer.get("score") instanceof Number score)
        || score.doubleValue() < 0
        || score.doubleValue() > 1) {
      return malformed("score must be a number from 0 to 1");
    }
    if (!(answer.get("sentence") instanceof String sentence)
        || sentence.length() > OpinionLimits.SENTENCE_CHARACTERS_MAX) {
      return malformed(
          "sentence must be a text of at most "
              + OpinionLimits.SENTENCE_CHARACTERS_MAX
              + " characters");
    }
    if (!(answer.get("model") instanceof String model)
        || model.length() > OpinionLimits.MODEL_CHARACTERS_MAX) {
      return malformed(
          "model must be a text of at most " + OpinionLimits.MODEL_CHARACTERS_MAX + " characters");
    }
    return new Given(score.doubleValue(), sentence, model);
  }

  private static Opinion malformed(String detail) {
    return new Absent(Outcome.MALFORMED, detail);
  }
}
