package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.saferun.evaluator.Opinion.Absent;
import dev.saferun.evaluator.Opinion.Given;
import dev.saferun.evaluator.Opinion.Outcome;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an opinion does to a reading, and to the decision that is made from it. */
class OpinionTest {

  private static final IntentReading PLAIN =
      new IntentReading(IntentReading.Status.MEASURED, true, Map.of(), List.of(), List.of());

  private static Stream<Opinion> opinions() {
    return Stream.of(
        new Given(0, "", ""),
        new Given(1, "Nobody asked for a refund.", "judge-1"),
        new Given(1.0 / 3, "Unsure.", "judge-1"),
        new Absent(Outcome.REFUSED, "HTTP status 503"),
        new Absent(Outcome.TIMED_OUT),
        new Absent(Outcome.UNREACHABLE),
        new Absent(Outcome.MALFORMED),
        new Absent(Outcome.BUSY),
        new Absent(Outcome.RESTING));
  }

  @ParameterizedTest
  @MethodSource("opinions")
  void isReadBackWithItsReading(Opinion opinion) {
    RunState state = RunState.NEW.with(PLAIN.with(opinion));

    RunState again = RunState.fromJson(StrictJson.parseObject(CanonicalJson.write(state.toJson())));

    assertThat(again).isEqualTo(state);
    assertThat(again.intent().secondOpinion()).isEqualTo(opinion.outcome());
  }

  @Test
  void itsWordsAreNoPartOfWhatIsDecidedFrom() {
    RunState state = RunState.NEW.with(PLAIN.with(new Given(1, "A secret.", "judge-1")));

    assertThat(state.toJson().toString()).doesNotContain("secret", "judge-1");
  }

  @Test
  void whatWasGivenIsNotAbsent() {
    assertThatThrownBy(() -> new Absent(Outcome.GIVEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFrameFromBeforeThereWereOpinionsIsReadAndWrittenAsItWas() {
    Map<String, ?> json = RunState.NEW.with(PLAIN).toJson();

    assertThat(json.get("intent")).asInstanceOf(MAP).doesNotContainKey("second_opinion");
    assertThat(RunState.fromJson(StrictJson.parseObject(CanonicalJson.write(json))).intent())
        .isEqualTo(PLAIN);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, DENY",
    "0.75, DENY",
    "0.6, FLAG",
    "0.5, ALLOW",
    "0.49, ALLOW",
    "0.0, ALLOW",
  })
  void aSureOneAloneDeniesAndAnUndecidedOneAloneDoesNotFlag(double score, Verdict verdict) {
    Decision decision = decide(PLAIN.with(new Given(score, "", "m")), IntentThresholds.STANDARD);

    assertThat(decision.verdict()).isEqualTo(verdict);
    if (verdict != Verdict.ALLOW) {
      assertThat(decision.reasons().getFirst().message())
          .isEqualTo("The customer's own model considers this call not asked for.");
      assertThat(decision.reasons().getFirst().details())
          .containsEntry("signal", "second_opinion")
          .containsEntry("cause", "undetermined");
    }
  }

  @Test
  void itMakesNoCallLessSuspect() {
    for (Feature feature : EnumSet.complementOf(EnumSet.of(Feature.SECOND_OPINION))) {
      IntentReading measured = measured(feature);
      assertThat(score(measured.with(new Given(0, "", "m")))).isEqualTo(score(measured));
      assertThat(score(measured.with(new Given(0.4, "", "m")))).isGreaterThan(score(measured));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "GIVEN", mode = EnumSource.Mode.EXCLUDE)
  void noOpinionLeavesWhatWasMeasured(Outcome outcome) {
    IntentReading measured = measured(Feature.PLAN_FLIPPED);

    IntentReading with = measured.with(new Absent(outcome));

    assertThat(with.features()).isEqualTo(measured.features());
    assertThat(with.signals()).isEqualTo(measured.signals());
    assertThat(decide(with, IntentThresholds.STANDARD).answer())
        .isEqualTo(decide(measured, IntentThresholds.STANDARD).answer());
  }

  @Test
  void whatWasMeasuredWithTheSameStrengthGoesFirst() {
    IntentSignal flipped = new IntentSignal(IntentSignal.Kind.PLAN_FLIPPED, 1, "/a", null);
    IntentSignal nowhere = new IntentSignal(IntentSignal.Kind.FROM_NOWHERE, 0.1, "/b", null);
    IntentReading reading =
        new IntentReading(
            IntentReading.Status.MEASURED, true, Map.of(), List.of(flipped, nowhere), List.of());

    assertThat(reading.with(new Given(1, "", "m")).signals())
        .extracting(IntentSignal::kind)
        .containsExactly(
            IntentSignal.Kind.PLAN_FLIPPED,
            IntentSignal.Kind.SECOND_OPINION,
            IntentSignal.Kind.FROM_NOWHERE);
  }

  @Test
  void aScoreWithoutASingleSignalIsNotTakenForARepeatedCall() {
    Decision decision =
        decide(
            PLAIN.with(new Given(0.49, "", "m")), IntentThresholds.STANDARD.with(0.2, null, null));

    assertThat(decision.verdict()).isEqualTo(Verdict.FLAG);
    assertThat(decision.reasons().getFirst().details()).doesNotContainKey("signal");
    assertThat(decision.reasons().getFirst().message()).contains("together");
  }

  @Test
  void noScoreIsBeyondItsRange() {
    for (double score : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Given(score, "", "m"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static IntentReading measured(Feature feature) {
    return new IntentReading(
        IntentReading.Status.MEASURED, true, Map.of(feature, 0.2), List.of(), List.of());
  }

  private static double score(IntentReading reading) {
    return IntentModel.STANDARD.score(reading.features());
  }

  private static Decision decide(IntentReading reading, IntentThresholds thresholds) {
    IntentSettings guard =
        new IntentSettings(true, IntentModel.STANDARD, thresholds, Verdict.FLAG, Map.of());
    Check check =
        new Check("r", null, Map.of(), Map.of("tool", "t", "arguments", Map.of()), Map.of(), null);
    return PolicySnapshot.of(
            new PolicyContent(
                Mode.BLOCK,
                OnError.ESCALATE,
                Policies.in(RuleState.BLOCK),
                LoopGuardSettings.DEFAULT,
                guard))
        .decide(check, RunState.NEW.with(reading));
  }
}
