package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.evaluator.Cause;
import dev.saferun.evaluator.IntentSignal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the Intent Guard measured of a call, in words. */
final class IntentView {

  private static final String CONTEXT = "/context/";
  private static final int ORIGINS_MAX = 40;

  private final JsonNode frame;
  private final JsonNode measured;

  IntentView(JsonNode frame) {
    this.frame = frame;
    this.measured = frame.at("/run/intent");
  }

  boolean isThere() {
    return measured.has("status") && !measured.path("status").asText().equals("off");
  }

  /** The places in plan and state that contradict the call, as pointers into the frame. */
  Set<String> contradicted() {
    Set<String> places = new HashSet<>();
    for (JsonNode signal : contradictions()) {
      places.add(signal.path("pointer").asText());
    }
    return places;
  }

  /** The arguments that are contradicted; the empty one is the tool itself. */
  Set<String> contradicting() {
    Set<String> places = new HashSet<>();
    for (JsonNode signal : contradictions()) {
      places.add(signal.path("argument").asText());
    }
    return places;
  }

  private List<JsonNode> contradictions() {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode signal : measured.path("signals")) {
      if (signal.path("pointer").asText().startsWith(CONTEXT)
          && signal.path("frame").asLong() == frame.path("frame").asLong()
          && signal.path("end").asLong() == 0) {
        found.add(signal);
      }
    }
    return found;
  }

  /** {@code plan.is_refund is false, but the tool is payments.refund}. */
  List<String> contradictionLines() {
    List<String> lines = new ArrayList<>();
    for (JsonNode signal : contradictions()) {
      String pointer = signal.path("pointer").asText();
      String argument = signal.path("argument").asText();
      lines.add(
          "%s is %s, but %s is %s"
              .formatted(
                  dotted(pointer.substring(CONTEXT.length())),
                  frame.at(pointer),
                  argument.isEmpty() ? "tool" : dotted(argument.substring(1)),
                  argument.isEmpty()
                      ? frame.at("/action/tool").asText()
                      : frame.at("/action/arguments" + argument)));
    }
    return lines;
  }

  private static String dotted(String pointer) {
    return pointer.replace('/', '.').replace("~1", "/").replace("~0", "~");
  }

  /** Score, cause, and each signal with its place. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (measured.path("status").asText().equals("unavailable")) {
      lines.add(
          "not measured (%s); what happens then is the guard's setting `unavailable`"
              .formatted(measured.path("reason").asText().replace('_', ' ')));
    }
    JsonNode scored = frame.at("/decision/intent");
    if (scored.has("score")) {
      lines.add(
          "score %.3f by %s: the probability that the user did not ask for this"
              .formatted(scored.get("score").asDouble(), scored.path("model").asText()));
    }
    for (JsonNode reason : frame.at("/decision/reasons")) {
      String cause = reason.at("/details/cause").asText("");
      if (!cause.isEmpty()) {
        lines.add(
            "cause: %s. %s"
                .formatted(
                    cause.replace('_', ' '),
                    Cause.valueOf(cause.toUpperCase(Locale.ROOT)).sentence()));
      }
    }
    for (JsonNode signal : measured.path("signals")) {
      IntentSignal.Kind kind =
          IntentSignal.Kind.valueOf(signal.path("kind").asText().toUpperCase(Locale.ROOT));
      String argument = signal.path("argument").asText();
      lines.add(
          "- %s%s%s%s"
              .formatted(
                  argument.isEmpty() ? "" : argument + ": ",
                  kind.sentence(),
                  place(signal),
                  earlier(signal)));
    }
    if (!measured.path("whole").asBoolean(true)) {
      lines.add("not all texts of the run could be held against this call");
    }
    if (measured.path("meaning").asText().equals("late")) {
      lines.add("the sentence model had no time for all that was new: there, words alone decided");
    }
    return lines;
  }

  /** Where each value came from. */
  List<String> origins() {
    List<String> lines = new ArrayList<>();
    JsonNode origins = measured.path("origins");
    for (JsonNode origin : origins) {
      if (lines.size() == ORIGINS_MAX) {
        lines.add("… %d more; --json shows all".formatted(origins.size() - ORIGINS_MAX));
        break;
      }
      String form = origin.path("form").asText();
      lines.add(
          "%s: %s%s%s%s"
              .formatted(
                  origin.path("argument").asText(),
                  origin.path("origin").asText().replace('_', ' '),
                  form.equals("exact") ? "" : " (" + form + ")",
                  place(origin),
                  origin.has("second") ? " and" + place(origin.get("second")) : ""));
    }
    return lines;
  }

  private static String earlier(JsonNode signal) {
    JsonNode earlier = signal.path("earlier");
    return earlier.isMissingNode()
        ? ""
        : " (%d earlier, %d different)"
            .formatted(earlier.path("count").asLong(), earlier.path("different").asLong());
  }

  private static String place(JsonNode shown) {
    if (!shown.has("frame")) {
      return "";
    }
    String characters =
        shown.path("end").asLong() == 0
            ? ""
            : ", characters %d to %d"
                .formatted(shown.path("start").asLong(), shown.path("end").asLong());
    return " (frame %d %s%s)"
        .formatted(shown.path("frame").asLong(), shown.path("pointer").asText(), characters);
  }
}
