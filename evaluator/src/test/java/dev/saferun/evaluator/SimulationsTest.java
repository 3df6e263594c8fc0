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
