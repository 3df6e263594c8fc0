package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saferun.replay.ExportedRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code saferun verify FILE}: proves an exported run without a server. */
@Command(
    name = "verify",
    description = "Prove an exported run from its file alone, without a server.",
    mixinStandardHelpOptions = true,
    footer =
        "Exits 0 when nothing is different or altered, 1 when something is, 2 when the file cannot be read.")
final class Verify implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "What `saferun runs export` wrote.")
  Path file;

  @Option(names = "--json", description = "One JSON document on standard output.")
  boolean json;

  private final Map<String, Long> counts = new TreeMap<>();
  private final ArrayNode lines = Client.JSON.createArrayNode();
  private boolean alarm;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofThisProcess();
    if (!json) {
      System.out.print(
          terminal.faint(
              "%6s  %-10s %-30s %-20s %s%n"
                  .formatted("frame", "kind", "tool", "effect", "result")));
    }
    ExportedRun run = new ExportedRun(line -> take(line, terminal));
    try (BufferedReader reader = open()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        run.read(line);
      }
    } catch (IOException fault) {
      throw new CommandFailed(CommandFailed.USAGE, file + " cannot be read: " + fault.getMessage());
    }
    run.end();
    end(run.runId().orElse(""), terminal);
    return alarm ? CommandFailed.PROBLEM : 0;
  }

  /** A byte that is no UTF-8 becomes a character that no line has, so its line is altered. */
  private BufferedReader open() throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            Files.newInputStream(file),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)));
  }

  private void take(ExportedRun.Line line, Terminal terminal) {
    counts.merge(line.result(), 1L, Long::sum);
    alarm |= line.isAlarm();
    if (json) {
      lines.add(node(line));
      return;
    }
    String text =
        "%6s  %-10s %-30s %-20s %s  %s"
            .formatted(
                line.frame() == 0 ? "-" : String.valueOf(line.frame()),
                Terminal.cut(clean(line.kind()), 10),
                Terminal.cut(clean(line.tool()), 30),
                clean(line.effect()),
                line.result(),
                clean(line.detail()))
            .stripTrailing();
    System.out.println(line.isAlarm() ? terminal.alarm(text + "  <<") : text);
  }

  private static String clean(String text) {
    return Terminal.clean(Client.JSON.getNodeFactory().textNode(text)).asText();
  }

  private static ObjectNode node(ExportedRun.Line line) {
    ObjectNode node = Client.JSON.createObjectNode();
    node.put("frame", line.frame())
        .put("kind", line.kind())
        .put("tool", line.tool())
        .put("effect", line.effect())
        .put("result", line.result())
        .put("detail", line.detail());
    line.proof().forEach((name, value) -> node.set(name, Client.JSON.valueToTree(value)));
    return node;
  }

  private void end(String runId, Terminal terminal) {
    if (json) {
      ObjectNode document = Client.JSON.createObjectNode();
      document.put("run_id", runId);
      document.set("counts", Client.JSON.valueToTree(counts));
      document.put("holds", !alarm);
      document.set("frames", lines);
      System.out.println(document.toPrettyString());
      return;
    }
    StringBuilder sums = new StringBuilder();
    counts.forEach((result, count) -> sums.append(", ").append(count).append(' ').append(result));
    System.out.printf(
        "%n%s: %s%n",
        terminal.strong("run " + clean(runId)), sums.isEmpty() ? "nothing" : sums.substring(2));
  }
}
