package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The failure simulations of {@code simulations/} as cases of the engine: what fails is stopped for
 * the reason that the file names, and its benign twin goes through.
 */
class SimulationsTest {

  private static final Path FOLDER = Path.of("..", "simulations");

  private static final List<String> NAMES =
      List.of(
          "injected-exfiltration",
          "runaway-loop",
          "stale-value",
          "stripe-boolean",
          "unit-error",
          "wrong-environment");

  @Test
  void thereIsOneFileForEachFailure() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Stream.of("schema"), NAMES.stream())
                  .map(name -> name + ".json")
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "injected-exfiltration",
        "runaway-loop",
        "stale-value",
        "stripe-boolean",
        "unit-error",
        "wrong-environment"
      })
  void isDecidedAsItSays(String name) {
    JsonFields simulation = new JsonFields(StrictJson.parseObject(read(name)), "");
    PolicySnapshot policy = policyOf(simulation);

    List<Verdict> failing = decided(policy, simulation.object("failing"));
    List<Verdict> benign = decided(policy, simulation.object("benign"));

    assertThat(simulation.text("name")).isEqualTo(name);
    assertThat(failing).contains(Verdict.DENY);
    assertThat(benign).doesNotContain(Verdict.DENY, Verdict.ESCALATE);
  }

  @ParameterizedTest
  @CsvSource({
    "injected-exfiltration, STEERED_VALUE, PROMPT_INJECTION",
    "runaway-loop, REPEATED, MODEL",
    "stale-value, STATE_DIFFERS, MISREAD_CONTEXT",
    "stripe-boolean, PLAN_FLIPPED, MODEL",
    "unit-error, OTHER_UNIT, MODEL",
    "wrong-environment, OTHER_TARGET, MISREAD_CONTEXT"
  })
  void isCaughtByTheIntentGuardAlone(String name, IntentSignal.Kind signal, Cause cause) {
    JsonFields simulation = new JsonFields(StrictJson.parseObject(read(name)), "");
    PolicySnapshot policy = guardAlone();

    List<Decision> failing = judged(policy, simulation.object("failing"));
    List<Decision> benign = judged(policy, simulation.object("benign"));

    assertThat(failing)
        .anySatisfy(
            decision -> {
              assertThat(decision.effect()).isEqualTo(Effect.STOP);
              assertThat(decision.reasons().getFirst().kind()).isEqualTo(Reason.Kind.INTENT);
              assertThat(decision.reasons().getFirst().message()).isEqualTo(signal.sentence());
              assertThat(decision.reasons().getFirst().details())
                  .containsEntry("cause", cause.wire());
            });
    assertThat(benign)
        .allSatisfy(decision -> assertThat(decision.verdict()).isEqualTo(Verdict.ALLOW));
  }

  /** No rules, and no loop guard that would see a loop first. */
  private static PolicySnapshot guardAlone() {
    LoopGuardSettings patient =
        LoopGuardSettings.fromJson(
            Map.of(
                "repeat", Map.of("flag_at", 20L, "deny_at", 50L),
                "cycle", Map.of("flag_at", 7L, "deny_at", 8L),
                "no_progress", Map.of("flag_at", 20L, "deny_at", 50L)));
    return PolicySnapshot.of(
        new PolicyContent(Mode.BLOCK, OnError.DENY, List.of(), patient, IntentSettings.STANDARD));
  }

  private static List<Decision> judged(PolicySnapshot policy, JsonFields run) {
    List<Decision> decisions = new ArrayList<>();
    RunTexts texts = new RunTexts(true);
    RunState state = RunState.NEW;
    long number = 0;
    long actionFrame = 0;
    for (JsonFields frame : run.objects("frames")) {
      number++;
      switch (frame.text("kind")) {
        case "action" -> {
          Check check = check(run, frame);
          actionFrame = number;
          IntentReading measured = texts.read(check, number);
          Evaluation evaluation =
              policy.evaluate(check, state.at(number, List.of()).with(measured));
          decisions.add(evaluation.decision());
          state = evaluation.after();
        }
        case "outcome" -> {
          Object result = frame.tree().get("result");
          texts.returned(actionFrame, number, result, null);
          state = state.observed(actionFrame, Observation.of(result, null));
        }
        default -> texts.recorded(frame.text("kind"), number, frame.tree().get("content"));
      }
    }
    return decisions;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "injected-exfiltration",
        "runaway-loop",
        "stale-value",
        "stripe-boolean",
        "unit-error",
        "wrong-environment"
      })
  void keepsToTheSchema(String name) {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(new String(read("schema"), StandardCharsets.UTF_8));

    assertThat(schema.validate(new String(read(name), StandardCharsets.UTF_8), InputFormat.JSON))
        .isEmpty();
    assertThat(schema.validate("{\"name\":\"x\"}", InputFormat.JSON)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "injected-exfiltration",
        "stale-value",
        "stripe-boolean",
        "unit-error",
        "wrong-environment"
      })
  void itsRulesSayNothingOfThisRunAlone(String name) {
    JsonFields simulation = new JsonFields(StrictJson.parseObject(read(name)), "");
    List<String> values = new ArrayList<>();
    for (JsonFields frame : simulation.object("failing").objects("frames")) {
      collectTexts(frame.object("action").tree().get("arguments"), values);
    }
    for (JsonFields rule : simulation.objects("rules")) {
      assertThat(values).noneMatch(value -> rule.text("condition").contains(value));
    }
  }

  private static void collectTexts(@Nullable Object value, List<String> texts) {
    if (value instanceof String text) {
      texts.add(text);
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(child -> collectTexts(child, texts));
    }
  }

  private static List<Verdict> decided(PolicySnapshot policy, JsonFields run) {
    List<Verdict> verdicts = new ArrayList<>();
    RunState state = RunState.NEW;
    for (JsonFields frame : run.objects("frames")) {
      if (frame.text("kind").equals("action")) {
        Evaluation evaluation = policy.evaluate(check(run, frame), state);
        assertExpected(evaluation.decision(), frame);
        verdicts.add(evaluation.decision().verdict());
        state = evaluation.after();
      }
    }
    return verdicts;
  }

  private static void assertExpected(Decision decision, JsonFields frame) {
    JsonFields decided =
        new JsonFields(StrictJson.parseObject(CanonicalJson.write(decision.toJson())), "");
    JsonFields expected = frame.object("expect");
    assertThat(decided.text("verdict")).as(frame.pointer()).isEqualTo(expected.text("verdict"));
    assertThat(decided.objects("reasons").stream().map(SimulationsTest::kindAndSource))
        .as(frame.pointer())
        .containsExactlyElementsOf(
            expected.objects("reasons").stream().map(SimulationsTest::kindAndSource).toList());
  }

  private static String kindAndSource(JsonFields reason) {
    return reason.text("kind") + " " + reason.text("source");
  }

  private static Check check(JsonFields run, JsonFields frame) {
    return new Check(
        run.text("run_id"),
        frame.whole("step"),
        run.object("agent").tree(),
        frame.object("action").tree(),
        frame.object("context").tree(),
        null);
  }

  private static PolicySnapshot policyOf(JsonFields simulation) {
    List<RuleVersion> rules =
        simulation.objects("rules").stream().map(SimulationsTest::rule).toList();
    assertThat(rules).allSatisfy(rule -> assertThat(RuleChecker.check(rule)).isEmpty());
    return PolicySnapshot.of(
        new PolicyContent(
            Mode.valueOf(simulation.text("mode").toUpperCase(Locale.ROOT)),
            OnError.DENY,
            Policies.in(RuleState.BLOCK, rules.toArray(RuleVersion[]::new)),
            LoopGuardSettings.fromJson(simulation.object("loop_guard").tree())));
  }

  private static RuleVersion rule(JsonFields rule) {
    return new RuleVersion(
        new UUID(1, rule.text("name").hashCode()),
        rule.text("name"),
        1,
        rule.text("condition"),
        Verdict.valueOf(rule.text("verdict").toUpperCase(Locale.ROOT)),
        rule.text("message"),
        rule.texts("tools"),
        Optional.empty());
  }

  private static byte[] read(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name + ".json"));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
