package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** What labels say of a model of the Intent Guard, for the eye. */
final class IntentModelView {

  private static final int BAR_WIDTH = 20;
  private static final int TOOL_WIDTH = 40;

  private final Terminal terminal;
  private final StringBuilder view = new StringBuilder();

  private IntentModelView(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One model on all labels. */
  static String ofPoints(JsonNode found, Terminal terminal) {
    JsonNode points = Terminal.clean(found);
    IntentModelView view = new IntentModelView(terminal);
    view.line(terminal.strong("model " + points.path("model").asText()) + ", on all labels");
    view.traffic(points.path("traffic"), points.path("unmeasured").asLong());
    view.model(points.path("reliability"));
    return view.view.toString();
  }

  /** A new version beside the one that it was made from, on the labels that were held back. */
  static String ofVersion(JsonNode made, Terminal terminal) {
    JsonNode version = Terminal.clean(made);
    JsonNode comparison = version.path("comparison");
    IntentModelView view = new IntentModelView(terminal);
    view.line(terminal.strong("made " + version.path("name").asText()) + " (not in force)");
    view.line(
        "  %s on %,d labels, judged on %,d others"
            .formatted(
                comparison.path("method").asText(),
                comparison.path("fitted_on").asLong(),
                comparison.path("held_back").asLong()));
    view.traffic(comparison.path("traffic"), comparison.path("unmeasured").asLong());
    view.beside(comparison);
    view.model(comparison.path("after"));
    view.line("");
    view.line(
        "in force once the guard's settings name it: {\"model\": \"%s\"}"
            .formatted(version.path("name").asText()));
    return view.view.toString();
  }

  private void traffic(JsonNode traffic, long unmeasured) {
    line(
        "  %,.1f calls a day in the last %d days; %,d of %,d looked at were measured"
            .formatted(
                traffic.path("calls_a_day").asDouble(),
                traffic.path("days").asLong(),
                traffic.path("measured").asLong(),
                traffic.path("sampled").asLong()));
    if (unmeasured > 0) {
      line("  %,d labelled calls have no measurement that was kept".formatted(unmeasured));
    }
  }

  private void beside(JsonNode comparison) {
    JsonNode before = comparison.path("before");
    JsonNode after = comparison.path("after");
    section("BEFORE AND AFTER");
    faint(
        "  %-34s %12s %12s"
            .formatted("", Terminal.cut(comparison.path("compared_with").asText(), 12), "new"));
    row("Brier score (less is better)", before, after, "brier");
    row("calibration error", before, after, "calibration_error");
    row("recall at 1 % false alarms", before, after, "recall_at_1_percent_false_alarms");
    for (String verdict : new String[] {"flag", "escalate", "deny"}) {
      row(
          verdict + " a day, thresholds in force",
          before.path("expected_a_day"),
          after.path("expected_a_day"),
          verdict);
    }
  }

  private void row(String title, JsonNode before, JsonNode after, String name) {
    line(
        "  %-34s %12.3f %12.3f"
            .formatted(title, before.path(name).asDouble(), after.path(name).asDouble()));
  }

  private void model(JsonNode model) {
    section("WHAT IT SAID AND WHAT WAS");
    if (model.path("labels").asLong() == 0) {
      line("  no call is labelled yet");
    } else {
      reliability(model);
    }
    thresholds(model.path("at_thresholds"));
    promises(model.path("promises"));
    tools(model.path("by_tool"));
  }

  private void reliability(JsonNode model) {
    faint(
        "  %6s  %5s  %5s  %-14s  %s"
            .formatted("labels", "said", "was", "95 % range", "0 to 1, o is said"));
    for (JsonNode bin : model.path("bins")) {
      double said = bin.path("said").asDouble();
      double low = bin.path("low").asDouble();
      double high = bin.path("high").asDouble();
      String text =
          "  %,6d  %5.3f  %5.3f  %5.3f to %5.3f  %s"
              .formatted(
                  bin.path("count").asLong(),
                  said,
                  bin.path("was").asDouble(),
                  low,
                  high,
                  bar(said, low, high));
      line(said < low || said > high ? terminal.alarm(text + "  <<") : text);
    }
    line(
        "  calibration error %.3f (%.3f to %.3f), Brier score %.3f"
            .formatted(
                model.path("calibration_error").asDouble(),
                model.path("calibration_error_low").asDouble(),
                model.path("calibration_error_high").asDouble(),
                model.path("brier").asDouble()));
    line(
        "  recall at 1 %% false alarms %.3f, from %.3f on"
            .formatted(
                model.path("recall_at_1_percent_false_alarms").asDouble(),
                model.path("threshold_at_1_percent_false_alarms").asDouble()));
  }

  /** The range as a line from 0 to 1, and where what was said lies. */
  private static String bar(double said, double low, double high) {
    StringBuilder bar = new StringBuilder();
    for (int cell = 0; cell <= BAR_WIDTH; cell++) {
      boolean within = cell >= Math.round(low * BAR_WIDTH) && cell <= Math.round(high * BAR_WIDTH);
      bar.append(cell == Math.round(said * BAR_WIDTH) ? 'o' : within ? '-' : '.');
    }
    return bar.toString();
  }

  private void thresholds(JsonNode rows) {
    section("THRESHOLDS");
    faint(
        "  %5s  %-22s  %-22s  %12s"
            .formatted("from", "precision (range)", "recall (range)", "calls a day"));
    for (JsonNode row : rows) {
      line(
          "  %5.2f  %-22s  %-22s  %,12.1f"
              .formatted(
                  row.path("threshold").asDouble(),
                  share(row, "precision"),
                  share(row, "recall"),
                  row.path("reached_a_day").asDouble()));
    }
  }

  private static String share(JsonNode row, String name) {
    return row.has(name)
        ? "%.3f (%.3f to %.3f)"
            .formatted(
                row.path(name).asDouble(),
                row.path(name + "_low").asDouble(),
                row.path(name + "_high").asDouble())
        : "-";
  }

  private void promises(JsonNode promises) {
    section("PROMISES");
    for (JsonNode promise : promises) {
      String said =
          "  at most %.0f %% of the bad calls pass, with %.0f %% confidence: "
              .formatted(
                  100 * promise.path("missed_max").asDouble(),
                  100 * promise.path("confidence").asDouble());
      long labels = promise.path("labels").asLong();
      line(
          said
              + (promise.path("infeasible").asBoolean()
                  ? "infeasible, about %,d more labels of bad calls"
                      .formatted(promise.path("labels_needed").asLong() - labels)
                  : "from %.3f (%,.1f calls a day)"
                      .formatted(
                          promise.path("threshold").asDouble(),
                          promise.path("reached_a_day").asDouble())));
    }
  }

  private void tools(JsonNode tools) {
    if (!tools.isEmpty()) {
      section("TOOLS WITH 50 LABELS AND MORE");
      faint("  %-40s %8s %8s %8s %8s".formatted("", "labels", "bad", "Brier", "error"));
      for (JsonNode tool : tools) {
        line(
            "  %-40s %,8d %,8d %8.3f %8.3f"
                .formatted(
                    Terminal.cut(tool.path("tool").asText(), TOOL_WIDTH),
                    tool.path("labels").asLong(),
                    tool.path("bad").asLong(),
                    tool.path("brier").asDouble(),
                    tool.path("calibration_error").asDouble()));
      }
    }
  }

  private void section(String title) {
    view.append('\n').append(terminal.strong(title)).append('\n');
  }

  private void faint(String text) {
    line(terminal.faint(text));
  }

  private void line(String text) {
    view.append(text).append('\n');
  }
}
