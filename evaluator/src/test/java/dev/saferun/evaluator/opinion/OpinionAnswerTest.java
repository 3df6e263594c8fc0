package dev.saferun.evaluator.opinion;

import static dev.saferun.evaluator.RunningEvaluator.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Opinion;
import dev.saferun.evaluator.Opinion.Absent;
import dev.saferun.evaluator.Opinion.Given;
import dev.saferun.evaluator.Opinion.Outcome;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpinionAnswerTest {

  @ParameterizedTest
  @CsvSource({"0,0.0", "1,1.0", "1.0,1.0", "0.25,0.25", "1e-9,1e-9"})
  void aScoreFromNothingToOneIsTaken(String written, double score) {
    assertThat(read("{'score':%s,'sentence':'','model':'m'}".formatted(written)))
        .isEqualTo(new Given(score, "", "m"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "''                                                  | no JSON object",
        "[]                                                  | no JSON object",
        "Sorry, I cannot help with that.                     | no JSON object",
        "{'score':NaN,'sentence':'s','model':'m'}            | no JSON object",
        "{'score':1,'score':0,'sentence':'s','model':'m'}    | no JSON object",
        "{'score':1,'sentence':'s','model':'m'} more         | no JSON object",
        "{'score':1,'sentence':'s'}                          | the fields",
        "{'score':1,'sentence':'s','model':'m','verdict':'deny'} | the fields",
        "{'score':1.000001,'sentence':'s','model':'m'}       | score",
        "{'score':-0.1,'sentence':'s','model':'m'}           | score",
        "{'score':'0.5','sentence':'s','model':'m'}          | score",
        "{'score':null,'sentence':'s','model':'m'}           | score",
        "{'score':1,'sentence':null,'model':'m'}             | sentence",
        "{'score':1,'sentence':'s','model':7}                | model",
      })
  void whatIsNoOpinionIsMalformedAndNotRepeated(String answer, String told) {
    assertThat(read(answer))
        .isInstanceOfSatisfying(
            Absent.class,
            absent -> {
              assertThat(absent.outcome()).isEqualTo(Outcome.MALFORMED);
              assertThat(absent.detail()).contains(told).doesNotContain("Sorry", "verdict");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void textsHaveALimit(int beyond) {
    String sentence = "s".repeat(OpinionLimits.SENTENCE_CHARACTERS_MAX + beyond);
    String model = "m".repeat(OpinionLimits.MODEL_CHARACTERS_MAX + beyond);

    assertThat(read("{'score':1,'sentence':'%s','model':'m'}".formatted(sentence)).outcome())
        .isEqualTo(beyond == 0 ? Outcome.GIVEN : Outcome.MALFORMED);
    assertThat(read("{'score':1,'sentence':'s','model':'%s'}".formatted(model)).outcome())
        .isEqualTo(beyond == 0 ? Outcome.GIVEN : Outcome.MALFORMED);
  }

  private static Opinion read(String answer) {
    return OpinionAnswer.read(Optional.of(json(answer)));
  }
}
