package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One frame for the eye of whoever was woken by it: what was decided and why first, then plan and
 * call side by side with what contradicts, then what the agent knew.
 */
final class FrameView {

  private static final int TEXT_LINES_MAX = 12;

  private final JsonNode frame;
  private final IntentView intent;
  private final Terminal terminal;
  private final StringBuilder view = new StringBuilder();

  private FrameView(JsonNode frame, Terminal terminal) {
    this.frame = frame;
    this.intent = new IntentView(frame);
    this.terminal = terminal;
  }

  static String of(JsonNode frame, Terminal terminal) {
    FrameView view = new FrameView(Terminal.clean(frame), terminal);
    view.header();
    if (frame.path("kind").asText().equals("action")) {
      view.decision();
      view.planAndCall();
      view.intent();
      view.context();
      view.runState();
    } else {
      view.body();
    }
    view.evidence();
    return view.view.toString();
  }

  private void header() {
    line(
        terminal.strong(
            "run %s, frame %d (%s)"
                .formatted(text("/run_id"), frame.path("frame").asLong(), text("/kind"))));
    List<String> parts = new ArrayList<>();
    parts.add(text("/received_at"));
    if (frame.has("agent")) {
      parts.add(
          "agent "
              + String.join(" ", text("/agent/name"), text("/agent/version"), text("/agent/model"))
                  .strip());
    }
    if (frame.has("step")) {
      parts.add("client's step " + frame.get("step").asLong());
    }
    line(String.join(", ", parts));
  }

  private void decision() {
    JsonNode decision = frame.path("decision");
    String verdict = decision.path("verdict").asText();
    section("DECISION");
    String headline =
        "%s -> %s (mode %s)"
            .formatted(
                verdict.toUpperCase(Locale.ROOT),
                decision.path("effect").asText(),
                decision.path("mode").asText());
    line(verdict.equals("allow") ? headline : terminal.alarm(headline));
    for (JsonNode reason : decision.path("reasons")) {
      String version = reason.has("version") ? " v" + reason.get("version").asInt() : "";
      paragraph(
          "  - ",
          "%s %s%s says %s: %s%s"
              .formatted(
                  reason.path("kind").asText(),
                  reason.path("source").asText(),
                  version,
                  reason.path("verdict").asText(),
                  reason.path("message").asText(),
                  details(reason)));
    }
    if (decision.path("reasons").isEmpty()) {
      line("  nothing spoke against it");
    }
  }

  /** What the Intent Guard found has a part of its own. */
  private static String details(JsonNode reason) {
    return reason.has("details") && !reason.path("kind").asText().equals("intent")
        ? " " + reason.get("details")
        : "";
  }

  private void intent() {
    if (intent.isThere()) {
      section("INTENT");
      intent.lines().forEach(line -> paragraph("  ", line));
      if (!intent.origins().isEmpty()) {
        section("WHERE THE VALUES CAME FROM");
        intent.origins().forEach(line -> paragraph("  ", line));
      }
    }
  }

  private void planAndCall() {
    Set<String> said = intent.contradicted();
    Set<String> called = intent.contradicting();
    List<String> left = members("", frame.at("/context/plan"), said, "/context/plan");
    List<String> right = new ArrayList<>();
    right.add((called.contains("") ? "! " : "  ") + "tool: " + text("/action/tool"));
    right.addAll(members("", frame.at("/action/arguments"), called, ""));
    section("PLAN AND CALL");
    sideBySide("the plan said", left, "the call does", right);
    for (String line : intent.contradictionLines()) {
      line(terminal.alarm("! CONTRADICTS: " + line));
    }
  }

  private static List<String> members(
      String indent, JsonNode object, Set<String> marked, String pointer) {
    List<String> lines = new ArrayList<>();
    if (object.isMissingNode() || object.isNull()) {
      return lines;
    }
    if (!object.isObject()) {
      lines.add("  " + indent + (object.isTextual() ? object.asText() : object.toString()));
      return lines;
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String place = pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1");
      String mark = marked.contains(place) ? "! " : "  ";
      JsonNode value = member.getValue();
      if (value.isObject() && !value.isEmpty()) {
        lines.add(mark + indent + member.getKey() + ":");
        lines.addAll(members(indent + "  ", value, marked, place));
      } else {
        lines.add(mark + indent + member.getKey() + ": " + value);
      }
    }
    return lines;
  }

  private void sideBySide(
      String leftTitle, List<String> left, String rightTitle, List<String> right) {
    int column = (terminal.width() - 3) / 2;
    List<String> leftLines =
        wrapped(left.isEmpty() ? List.of("  (no plan was sent)") : left, column);
    List<String> rightLines = wrapped(right, column);
    line(terminal.faint(pad("  " + leftTitle, column) + " | " + "  " + rightTitle));
    for (int i = 0; i < Math.max(leftLines.size(), rightLines.size()); i++) {
      line((pad(at(leftLines, i), column) + " | " + at(rightLines, i)).stripTrailing());
    }
  }

  private static List<String> wrapped(List<String> lines, int width) {
    List<String> all = new ArrayList<>();
    for (String line : lines) {
      List<String> parts = Terminal.wrap(line, width);
      all.add(parts.getFirst());
      parts.subList(1, parts.size()).forEach(part -> all.add(Terminal.cut("    " + part, width)));
    }
    return all;
  }

  private static String at(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "";
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private void context() {
    JsonNode context = frame.path("context");
    part("THE USER ASKED", context.path("user_request"));
    part("REASONING (claimed by the model, not evidence)", context.path("reasoning"));
    if (!context.path("retrieved").isEmpty()) {
      section("RETRIEVED");
      for (JsonNode passage : context.path("retrieved")) {
        paragraph(
            "  " + passage.path("source").asText("?") + ": ", asText(passage.path("content")));
      }
    }
    part("STATE", context.path("state"));
  }

  private void runState() {
    JsonNode run = frame.path("run");
    if (!run.isMissingNode()) {
      section("THE RUN BEFORE THIS CALL");
      paragraph("  ", withoutIntent(run).toString());
    }
  }

  private static JsonNode withoutIntent(JsonNode run) {
    return run instanceof ObjectNode object ? object.deepCopy().without("intent") : run;
  }

  private void body() {
    for (String member : List.of("content", "result", "error", "duration_millis")) {
      part(member.toUpperCase(Locale.ROOT), frame.path(member));
    }
  }

  private void evidence() {
    section("EVIDENCE");
    line("  sha256 " + text("/sha256"));
    if (frame.path("decision").has("policy_snapshot")) {
      line(
          "  policy "
              + text("/decision/policy_snapshot")
              + ", evaluator "
              + text("/decision/evaluator/version"));
      line("  decision " + text("/decision_id"));
    }
    JsonNode sealed = frame.at("/redaction/sealed/count");
    if (!sealed.isMissingNode()) {
      paragraph("  ", sealed.asLong() + " sealed; " + originals());
    }
    for (JsonNode applied : frame.at("/redaction/applied")) {
      line(
          "  redacted "
              + applied.path("path").asText()
              + " ("
              + applied.path("action").asText()
              + ")");
    }
  }

  private String originals() {
    JsonNode shredded = frame.at("/originals/shredded_at");
    return shredded.isMissingNode()
        ? "`saferun runs reveal RUN --frame %d --reason TEXT` shows them to an admin"
            .formatted(frame.path("frame").asLong())
        : "gone since " + shredded.asText() + ", when their key was destroyed";
  }

  private void part(String title, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      section(title);
      paragraph("  ", asText(value));
    }
  }

  private static String asText(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toPrettyString();
  }

  private void paragraph(String first, String text) {
    List<String> lines = Terminal.wrap(text, terminal.width() - 4);
    for (int i = 0; i < Math.min(lines.size(), TEXT_LINES_MAX); i++) {
      line((i == 0 ? first : "    ") + lines.get(i));
    }
    if (lines.size() > TEXT_LINES_MAX) {
      line(
          terminal.faint(
              "    … %d more lines; --json shows all".formatted(lines.size() - TEXT_LINES_MAX)));
    }
  }

  private void section(String title) {
    view.append('\n').append(terminal.strong(title)).append('\n');
  }

  private void line(String text) {
    view.append(text).append('\n');
  }

  private String text(String pointer) {
    return frame.at(pointer).asText("");
  }
}
