package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A run as a list of its frames, one line each. */
final class RunView {

  private RunView() {}

  static String of(JsonNode recorded, Terminal terminal) {
    JsonNode run = Terminal.clean(recorded);
    StringBuilder view = new StringBuilder();
    view.append(terminal.strong("run " + run.path("run_id").asText())).append("\n");
    view.append(
        "%s / %s, %d frames, %d decisions, %d stopped, %d warned%n%n"
            .formatted(
                run.path("project").asText(),
                run.path("environment").asText(),
                run.path("frame_count").asLong(),
                run.path("decisions").asLong(),
                run.path("stopped").asLong(),
                run.path("warned").asLong()));
    view.append(
        terminal.faint(
            "%6s  %-10s %-34s %-9s %s%n".formatted("frame", "kind", "tool", "verdict", "effect")));
    for (JsonNode frame : run.path("frames")) {
      view.append(line(frame, terminal)).append("\n");
    }
    return view.toString();
  }

  private static String line(JsonNode frame, Terminal terminal) {
    String verdict = frame.path("verdict").asText("");
    String line =
        "%6d  %-10s %-34s %-9s %s"
            .formatted(
                frame.path("frame").asLong(),
                frame.path("kind").asText(),
                Terminal.cut(frame.path("tool").asText(""), 34),
                verdict,
                frame.path("effect").asText(""))
            .stripTrailing();
    return verdict.isEmpty() || verdict.equals("allow") ? line : terminal.alarm(line + "  <<");
  }
}
