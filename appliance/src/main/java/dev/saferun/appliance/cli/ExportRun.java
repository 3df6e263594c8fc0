package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code saferun runs export RUN -o FILE}. */
@Command(
    name = "export",
    description =
        "Write a run with all that its decisions are proven from; `saferun verify` reads it.",
    mixinStandardHelpOptions = true)
final class ExportRun implements Callable<Integer> {

  @Parameters(paramLabel = "RUN")
  String run;

  @Option(
      names = "--environment",
      paramLabel = "PROJECT/ENVIRONMENT",
      description = "Which, where several have a run of this name; its id will do, too.")
  @Nullable String environment;

  @Option(names = "-o", paramLabel = "FILE", required = true, description = "Where to write it.")
  Path file;

  private final Set<String> written = new HashSet<>();
  private long frames;

  @Override
  public Integer call() {
    Client client = Client.fromEnvironment();
    String query =
        environment == null
            ? ""
            : "environment=" + EnvironmentName.parse(environment).id(client) + "&";
    String path = "/v1/runs/" + Client.segment(run) + "/export?" + query + "after=";
    // Asked before the file is made, so that a run that is not there leaves none.
    String part = client.getText(path + 0);
    try (OutputStream out = Files.newOutputStream(file)) {
      long after = 0;
      while (after >= 0) {
        after = write(part, out);
        part = after < 0 ? "" : client.getText(path + after);
      }
    } catch (IOException fault) {
      throw new CommandFailed(
          CommandFailed.USAGE, file + " cannot be written: " + fault.getMessage());
    }
    System.out.println(frames + " frames of run " + run + " are in " + file);
    return 0;
  }

  /** Writes what is new in a part; the number to go on after, or -1 at the end. */
  private long write(String part, OutputStream out) throws IOException {
    long after = -1;
    for (String line : part.lines().toList()) {
      JsonNode tree = Client.JSON.readTree(line);
      if (tree.has("next_after")) {
        after = tree.get("next_after").asLong();
      } else if (tree.has("evidence") || written.add(name(tree))) {
        frames += tree.has("evidence") ? 1 : 0;
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
      }
    }
    return after;
  }

  /** Headers and snapshots come again with each part and are written once. */
  private static String name(JsonNode line) {
    return line.path("snapshot").asText("header");
  }
}
