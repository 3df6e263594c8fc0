package dev.saferun.appliance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Evaluation;
import dev.saferun.evaluator.IntentReading;
import dev.saferun.evaluator.Meanings;
import dev.saferun.evaluator.Observation;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RunState;
import dev.saferun.evaluator.RunTexts;
import dev.saferun.platform.StrictJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays a recorded run through the engine in this process, call by call, as it happened. */
final class PlayedRun {

  private final PolicySnapshot policy;
  private final RunTexts texts;
  private RunState state = RunState.NEW;
  private long frame;

  PlayedRun(PolicySnapshot policy, Meanings meanings) {
    this.policy = policy;
    this.texts = new RunTexts(true, meanings);
  }

  /** Takes what each call came to. */
  @FunctionalInterface
  interface Calls {
    void decided(long step, IntentReading measured, Evaluation evaluation);
  }

  void play(RecordedRun run, Calls calls) {
    for (RecordedRun.Step step : run.steps()) {
      switch (step) {
        case RecordedRun.Step.Frames frames -> {
          for (JsonNode recorded : frames.frames()) {
            texts.recorded(recorded.get("kind").asText(), ++frame, tree(recorded).get("content"));
          }
        }
        case RecordedRun.Step.Call call -> play(call, calls);
      }
    }
  }

  private void play(RecordedRun.Step.Call call, Calls calls) {
    Check check = check(tree(call.check()));
    long actionFrame = ++frame;
    IntentReading measured = texts.read(check, actionFrame);
    Evaluation evaluation = policy.evaluate(check, state.at(actionFrame, List.of()).with(measured));
    calls.decided(call.check().get("step").asLong(), measured, evaluation);
    Map<String, @Nullable Object> outcome = tree(call.outcome());
    Object result = outcome.get("result");
    Object error = outcome.get("error");
    texts.returned(actionFrame, ++frame, result, error);
    state = evaluation.after().observed(actionFrame, Observation.of(result, error));
  }

  private static Check check(Map<String, @Nullable Object> request) {
    return new Check(
        String.valueOf(request.get("run_id")),
        (Long) request.get("step"),
        object(request.get("agent")),
        object(request.get("action")),
        object(request.get("context")),
        null);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(@Nullable Object tree) {
    return tree instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }

  private static Map<String, @Nullable Object> tree(JsonNode node) {
    try {
      return StrictJson.parseObject(Client.JSON.writeValueAsBytes(node));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
