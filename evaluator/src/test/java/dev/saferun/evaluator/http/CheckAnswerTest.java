package dev.saferun.evaluator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.RunLog.Kept;
import dev.saferun.evaluator.Verdict;
import dev.saferun.tenancy.Mode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CheckAnswerTest {

  private static final UUID ID = new UUID(0, 1);
  private static final Decision ALLOWED =
      new Decision(
          Verdict.ALLOW, Effect.PROCEED, Mode.BLOCK, List.of(), List.of(), "sha256:00", "1");

  @Test
  void aDurableAnswerIsPassedOnAsItIs() {
    byte[] bytes = {'{', '}'};

    assertThat(CheckAnswer.write(new Kept.Durable(bytes), "run")).isSameAs(bytes);
  }

  @Test
  void anUnrecordedDecisionSaysSoAndHasNoFrame() {
    assertThat(text(new Kept.Unrecorded(ID, ALLOWED)))
        .isEqualTo(
            """
            {"decision_id":"00000000-0000-0000-0000-000000000001","effect":"proceed",\
            "evaluator":{"version":"1"},"mode":"block","policy_snapshot":"sha256:00","reasons":[],\
            "recorded":false,"run_id":"run","verdict":"allow"}""");
  }

  @Test
  void aRefusedDecisionStopsAndKeepsTheVerdictThatWasFound() {
    assertThat(text(new Kept.Refused(ID, ALLOWED)))
        .contains("\"effect\":\"stop\"")
        .contains("\"verdict\":\"allow\"")
        .contains("\"kind\":\"unrecorded\"")
        .contains("\"recorded\":false")
        .doesNotContain("deny");
  }

  private static String text(Kept kept) {
    return new String(CheckAnswer.write(kept, "run"), StandardCharsets.UTF_8);
  }
}
