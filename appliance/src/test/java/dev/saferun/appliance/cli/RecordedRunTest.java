package dev.saferun.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A recorded line becomes the requests that the agent would have made, and what is kept is compared
 * with them.
 */
class RecordedRunTest {

  private static final String LINE =
      """
      {"run_id": "a/b/c", "source": "src", "model": "m", "user_request": "do it", "frames": [
        {"role": "tool_call", "step": 0, "tool": "read", "arguments": {"n": 1.0}, "reasoning": null, "result": "text", "error": null},
        {"role": "assistant", "step": 1, "text": "thinking"},
        {"role": "user", "step": 2, "text": "go on"},
        {"role": "tool_call", "step": 3, "tool": "write", "arguments": {}, "reasoning": "because", "result": null, "error": "no"}]}
      """;

  @Test
  void stepsAreInOrderAndACallKnowsWhatTheLastReturned() throws IOException {
    RecordedRun run = RecordedRun.of(Client.JSON.readTree(LINE));

    assertThat(run.id()).isEqualTo("a:b:c");
    assertThat(run.steps()).hasSize(4);
    assertThat(run.steps().get(0)).isInstanceOf(RecordedRun.Step.Frames.class);
    RecordedRun.Step.Frames between = (RecordedRun.Step.Frames) run.steps().get(2);
    assertThat(between.frames())
        .extracting(frame -> frame.get("kind").asText())
        .containsExactly("model", "input");
    RecordedRun.Step.Call second = (RecordedRun.Step.Call) run.steps().get(3);
    assertThat(second.check().at("/context/retrieved/0/content").asText()).isEqualTo("text");
    assertThat(second.check().at("/context/reasoning").asText()).isEqualTo("because");
    assertThat(second.outcome().get("error").asText()).isEqualTo("no");
  }

  @Test
  void oneIsTheSameAsOnePointZeroAndAnyOtherDifferenceIsFound() throws IOException {
    JsonNode sent =
        Client.JSON.readTree("{\"action\": {\"n\": 1.0, \"list\": [1, {\"a\": \"b\"}]}}");

    assertThat(compare(sent, "{\"action\": {\"n\": 1, \"list\": [1, {\"a\": \"b\"}]}}"))
        .isEqualTo(Evidence.Match.EQUAL);
    assertThat(compare(sent, "{\"action\": {\"n\": 2, \"list\": [1, {\"a\": \"b\"}]}}"))
        .isEqualTo(Evidence.Match.CHANGED);
    assertThat(compare(sent, "{\"action\": {\"n\": 1, \"list\": [1, {\"a\": \"c\"}]}}"))
        .isEqualTo(Evidence.Match.CHANGED);
    assertThat(compare(sent, "{\"action\": {\"n\": 1, \"list\": [1]}}"))
        .isEqualTo(Evidence.Match.CHANGED);
    assertThat(
            compare(
                sent,
                "{\"action\": {\"n\": 1, \"list\": [1, {\"a\": \"****\"}]}, \"redaction\": {\"applied\": [{\"path\": \"/action/list/1/a\"}]}}"))
        .isEqualTo(Evidence.Match.REDACTED);
  }

  private static Evidence.Match compare(JsonNode sent, String kept) throws IOException {
    return Evidence.compare(
        sent, Client.JSON.readTree(kept), List.of("action"), Client.fromEnvironment());
  }
}
