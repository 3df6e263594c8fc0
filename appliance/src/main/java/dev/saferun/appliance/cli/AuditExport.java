package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code saferun audit export}. How far it got stands in a file beside what it writes, so the same
 * command goes on after an interruption.
 */
@Command(
    name = "export",
    description = {
      "Write the audit log to a file, compressed by gzip.",
      "The format log has the whole log and can be verified; json, csv, cef, ocsf and ecs may be",
      "filtered. Interrupted, the same command goes on where it was."
    },
    mixinStandardHelpOptions = true)
final class AuditExport implements Callable<Integer> {

  private static final long POLL_MILLIS = 300;

  @Option(names = "--format", paramLabel = "FORMAT", description = "log where it is left out.")
  String format = "log";

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "Ends in .gz.")
  Path out;

  @Mixin final AuditEvents.Filter filter = new AuditEvents.Filter();

  /** How far it got: what was asked for, and how much of the file is whole. */
  private record Progress(String export, int parts, long bytes) {

    static Progress read(Path file) throws IOException {
      String[] words = Files.readString(file).strip().split(" ", -1);
      return new Progress(words[0], Integer.parseInt(words[1]), Long.parseLong(words[2]));
    }

    void write(Path file) throws IOException {
      Files.writeString(file, export + " " + parts + " " + bytes + "\n");
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Client client = Client.fromEnvironment();
    Path beside = out.resolveSibling(out.getFileName() + ".progress");
    Progress progress = Files.exists(beside) ? Progress.read(beside) : begin(client, beside);
    try (RandomAccessFile file = new RandomAccessFile(out.toFile(), "rw")) {
      file.setLength(progress.bytes());
    }
    String path = "/v1/audit/exports/" + progress.export();
    JsonNode export = client.get(path);
    while (true) {
      while (progress.parts() < export.path("parts").asInt()) {
        progress = take(client, path, progress);
        progress.write(beside);
      }
      if (!export.path("state").asText().equals("running")) {
        break;
      }
      Thread.sleep(POLL_MILLIS);
      export = client.get(path);
      System.err.printf(
          "read %d of %d%n", export.path("log_read").asLong(), export.path("log_size").asLong());
    }
    if (export.has("fault")) {
      throw new CommandFailed(CommandFailed.PROBLEM, export.path("fault").asText());
    }
    Files.delete(beside);
    System.err.printf(
        "%s: %d entries, %d bytes unpacked%n",
        out, export.path("entries").asLong(), export.path("bytes").asLong());
    return 0;
  }

  private Progress begin(Client client, Path beside) throws IOException {
    ObjectNode body = Client.JSON.createObjectNode().put("format", format);
    filter.each(body::put);
    String id = client.post("/v1/audit/exports", body).path("id").asText();
    Progress progress = new Progress(id, 0, 0);
    progress.write(beside);
    return progress;
  }

  /** Parts are whole gzip files, which may follow each other in one. */
  private Progress take(Client client, String path, Progress progress) throws IOException {
    byte[] part = client.getBytes(path + "/parts/" + progress.parts());
    try (OutputStream file =
        Files.newOutputStream(out, StandardOpenOption.APPEND, StandardOpenOption.SYNC)) {
      file.write(part);
    }
    return new Progress(progress.export(), progress.parts() + 1, progress.bytes() + part.length);
  }
}
