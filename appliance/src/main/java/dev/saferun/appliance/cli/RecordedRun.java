package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a file of recorded runs, as the requests that the agent would have made: what it
 * sends is a function of the line alone, so that what was sent can be compared with what is read
 * back.
 */
final class RecordedRun {

  /** One request, in order. */
  sealed interface Step {

    /** Frames between actions, in one batch. */
    record Frames(ArrayNode frames) implements Step {}

    /** A tool call and what the tool returned. */
    record Call(ObjectNode check, ObjectNode outcome) implements Step {}
  }

  private final String id;
  private final List<Step> steps = new ArrayList<>();

  private RecordedRun(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  List<Step> steps() {
    return steps;
  }

  static RecordedRun of(JsonNode line) {
    RecordedRun run = new RecordedRun(runId(line.get("run_id").asText()));
    ArrayNode pending = Client.JSON.createArrayNode();
    pending.add(frame("input", line.path("user_request")));
    ArrayNode retrieved = Client.JSON.createArrayNode();
    for (JsonNode frame : line.get("frames")) {
      if (frame.get("role").asText().equals("tool_call")) {
        run.flush(pending);
        pending = Client.JSON.createArrayNode();
        run.steps.add(new Step.Call(check(run.id, line, frame, retrieved), outcome(frame)));
        retrieved = passages(frame);
      } else {
        pending.add(
            frame(
                frame.get("role").asText().equals("user") ? "input" : "model", frame.path("text")));
      }
    }
    run.flush(pending);
    return run;
  }

  /** A run's name is one segment of an address. */
  static String runId(String recorded) {
    return recorded.replace('/', ':');
  }

  private void flush(ArrayNode pending) {
    if (!pending.isEmpty()) {
      steps.add(new Step.Frames(pending));
    }
  }

  private static ObjectNode frame(String kind, JsonNode content) {
    ObjectNode frame = Client.JSON.createObjectNode().put("kind", kind);
    frame.set("content", content);
    return frame;
  }

  private static ObjectNode check(
      String runId, JsonNode line, JsonNode frame, ArrayNode retrieved) {
    ObjectNode check =
        Client.JSON.createObjectNode().put("run_id", runId).put("step", frame.get("step").asLong());
    check
        .putObject("agent")
        .put("name", line.get("source").asText())
        .put("version", "1")
        .put("model", line.path("model").asText("unknown"));
    ObjectNode action = check.putObject("action").put("tool", frame.get("tool").asText());
    action.set("arguments", frame.get("arguments"));
    ObjectNode context = check.putObject("context");
    context.put("user_request", line.path("user_request").asText(""));
    if (frame.path("reasoning").isTextual()) {
      context.set("reasoning", frame.get("reasoning"));
    }
    context.set("retrieved", retrieved);
    return check;
  }

  /** What the next call knows: what this one returned. */
  private static ArrayNode passages(JsonNode frame) {
    ArrayNode passages = Client.JSON.createArrayNode();
    ObjectNode passage = passages.addObject().put("source", frame.get("tool").asText());
    passage.set("content", frame.path("result"));
    return passages;
  }

  private static ObjectNode outcome(JsonNode frame) {
    ObjectNode outcome = Client.JSON.createObjectNode();
    for (String member : List.of("result", "error")) {
      if (!frame.path(member).isMissingNode() && !frame.path(member).isNull()) {
        outcome.set(member, frame.get(member));
      }
    }
    if (outcome.isEmpty()) {
      outcome.putNull("result");
    }
    return outcome;
  }
}
