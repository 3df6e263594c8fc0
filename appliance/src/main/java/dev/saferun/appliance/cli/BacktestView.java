package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a backtest found, for the eye: what it covers first, then what would change. */
final class BacktestView {

  private static final int EXAMPLES_MAX = 3;

  private final JsonNode found;
  private final Terminal terminal;
  private final StringBuilder view = new StringBuilder();

  private BacktestView(JsonNode found, Terminal terminal) {
    this.found = found;
    this.terminal = terminal;
  }

  static String of(JsonNode found, Terminal terminal) {
    BacktestView view = new BacktestView(Terminal.clean(found), terminal);
    view.coverage();
    view.effects();
    view.rules();
    view.money();
    view.labels();
    view.examples();
    view.line("");
    view.line("evidence: {\"backtest\": \"" + found.path("id").asText() + "\"}");
    return view.view.toString();
  }

  private void coverage() {
    JsonNode coverage = found.path("coverage");
    line(terminal.strong("COVERAGE") + " (" + found.path("state").asText() + ")");
    line(
        "  %,d calls in the window, %,d decided again, %,d undecidable"
            .formatted(
                coverage.path("decisions").asLong(),
                coverage.path("replayed").asLong(),
                coverage.path("undecidable").asLong()));
    long oneIn = found.path("sample_one_in").asLong(1);
    if (oneIn > 1) {
      line("  a sample: one call in " + oneIn);
    }
    counts("  undecidable by ", coverage.path("undecidable_by"));
    counts("  skipped: ", coverage.path("skipped"));
  }

  private void effects() {
    section("WHAT WAS DONE, AND WOULD BE");
    List<String> changed = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (Map.Entry<String, JsonNode> was : found.path("effects").properties()) {
      for (Map.Entry<String, JsonNode> now : was.getValue().properties()) {
        String text =
            "  %-20s -> %-20s %,12d".formatted(was.getKey(), now.getKey(), now.getValue().asLong());
        (was.getKey().equals(now.getKey()) ? same : changed).add(text);
      }
    }
    changed.forEach(one -> line(terminal.alarm(one)));
    same.forEach(this::line);
    if (changed.isEmpty() && same.isEmpty()) {
      line("  no call was decided again");
    }
  }

  private void rules() {
    if (!found.path("rules").isEmpty()) {
      section("RULES THAT WOULD SPEAK");
      found
          .path("rules")
          .properties()
          .forEach(one -> line("  %-42s %,12d".formatted(one.getKey(), one.getValue().asLong())));
    }
  }

  private void money() {
    JsonNode money = found.path("money");
    if (money.isObject()) {
      section("MONEY");
      for (String part : List.of("newly_stopped", "newly_passed", "still_stopped")) {
        line("  %-20s %,16.2f".formatted(part.replace('_', ' '), money.path(part).asDouble()));
      }
      line("  %,d calls without an amount".formatted(money.path("calls_without_amount").asLong()));
    }
  }

  private void labels() {
    if (!found.path("by_label").isEmpty()) {
      section("VERDICTS BY LABEL");
      found
          .path("by_label")
          .properties()
          .forEach(one -> line("  " + one.getKey() + ": " + one.getValue()));
    }
  }

  private void examples() {
    for (Map.Entry<String, JsonNode> kind : found.path("examples").properties()) {
      section("EXAMPLES: " + kind.getKey());
      int shown = 0;
      for (JsonNode one : kind.getValue()) {
        if (shown == EXAMPLES_MAX) {
          line(
              terminal.faint(
                  "  … %d more; --json shows all".formatted(kind.getValue().size() - shown)));
          break;
        }
        shown++;
        line(
            Terminal.cut(
                "  %s run %s frame %d, %s, %s"
                    .formatted(
                        one.path("decision_id").asText(),
                        one.path("run_id").asText(),
                        one.path("frame").asLong(),
                        one.path("tool").asText(),
                        one.path("rules")),
                terminal.width()));
      }
    }
  }

  private void counts(String title, JsonNode counts) {
    for (Map.Entry<String, JsonNode> one : counts.properties()) {
      line(title + one.getKey() + ": %,d".formatted(one.getValue().asLong()));
    }
  }

  private void section(String title) {
    view.append('\n').append(terminal.strong(title)).append('\n');
  }

  private void line(String text) {
    view.append(text).append('\n');
  }
}
