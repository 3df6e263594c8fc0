package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An explanation for the eye: the rules that spoke, what settled each, and what it read. */
final class ExplanationView {

  private static final int INDENT = 2;
  private static final int VALUE_COLUMN = 9;

  private final JsonNode document;
  private final Terminal terminal;
  private final StringBuilder view = new StringBuilder();

  private ExplanationView(JsonNode document, Terminal terminal) {
    this.document = document;
    this.terminal = terminal;
  }

  static String of(JsonNode document, Terminal terminal) {
    ExplanationView view = new ExplanationView(Terminal.clean(document), terminal);
    view.header();
    view.rules();
    return view.view.toString();
  }

  private void header() {
    JsonNode decision = document.path("decision");
    line(
        terminal.strong(
            "%s -> %s (mode %s)"
                .formatted(
                    text(decision, "verdict").toUpperCase(Locale.ROOT),
                    text(decision, "effect"),
                    text(decision, "mode"))));
    line(
        "%s, run %s, frame %d"
            .formatted(
                text(document, "tool"), text(document, "run_id"), document.path("frame").asLong()));
    line("decided again: " + document.at("/proof/result").asText());
    for (JsonNode reason : decision.path("reasons")) {
      if (!reason.has("version")) {
        line("%s: %s".formatted(text(reason, "source"), text(reason, "message")));
      }
    }
  }

  private void rules() {
    JsonNode rules = document.path("rules");
    List<String> silent = new ArrayList<>();
    for (JsonNode rule : rules) {
      if (rules.size() > 1 && rule.at("/condition/value").asText().equals("false")) {
        silent.add(text(rule, "rule"));
      } else {
        rule(rule);
      }
    }
    if (!silent.isEmpty()) {
      line("");
      line(terminal.strong("Had nothing to say") + " (--rule NAME tells why)");
      Terminal.wrap(String.join(", ", silent), terminal.width() - INDENT)
          .forEach(line -> line("  " + line));
    }
    long left = document.path("asked").asLong() - rules.size();
    if (left > 0) {
      line("and %d rules more".formatted(left));
    }
  }

  private void rule(JsonNode rule) {
    line("");
    line(
        terminal.strong(
            "%s v%d (%s, says %s)"
                .formatted(
                    text(rule, "rule"),
                    rule.path("version").asLong(),
                    text(rule, "state"),
                    text(rule, "verdict"))));
    line("  " + text(rule, "message"));
    part(rule.path("condition"), INDENT);
  }

  private void part(JsonNode part, int indent) {
    boolean decides = part.path("decides").asBoolean() && part.path("parts").isEmpty();
    String value = (decides ? "> " : "  ") + pad(text(part, "value"));
    List<String> lines =
        Terminal.wrap(text(part, "expression"), terminal.width() - indent - VALUE_COLUMN - 2);
    line(" ".repeat(indent) + (decides ? terminal.alarm(value) : value) + lines.getFirst());
    lines
        .subList(1, lines.size())
        .forEach(rest -> line(" ".repeat(indent + VALUE_COLUMN + 2) + rest));
    if (part.has("error")) {
      detail(indent, "because: " + text(part, "error"));
    }
    if (part.has("element")) {
      detail(indent, "settled by element " + part.get("element").asLong());
    }
    part.path("reads").forEach(read -> detail(indent, read(read)));
    part.path("parts").forEach(below -> part(below, indent + INDENT));
  }

  private static String read(JsonNode read) {
    String size = read.has("size") ? " (size " + read.get("size").asLong() + ")" : "";
    String value =
        read.has("error")
            ? read.get("error").asText()
            : read.path("value").isNull() && read.has("size") ? "…" : read.path("value").toString();
    return read.path("path").asText() + " = " + value + size;
  }

  private void detail(int indent, String text) {
    line(
        terminal.faint(
            " ".repeat(indent + VALUE_COLUMN + 2)
                + Terminal.cut(text, terminal.width() - indent - VALUE_COLUMN - 2)));
  }

  private static String pad(String value) {
    return value + " ".repeat(Math.max(1, VALUE_COLUMN - value.length()));
  }

  private static String text(JsonNode node, String member) {
    return node.path(member).asText("");
  }

  private void line(String text) {
    view.append(text).append('\n');
  }
}
