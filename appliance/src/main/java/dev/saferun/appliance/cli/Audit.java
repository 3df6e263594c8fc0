package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.audit.LogVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code saferun audit}: who did what, and the proof of it. */
@Command(
    name = "audit",
    description = "Read, export and verify the audit log.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AuditEvents.class,
      Audit.Checkpoint.class,
      AuditExport.class,
      Audit.VerifyLog.class
    })
final class Audit {

  /** {@code saferun audit checkpoint [--out FILE]}. */
  @Command(
      name = "checkpoint",
      description = {
        "Show the newest signature of the log.",
        "Keep it elsewhere: no later cut or fork of the log goes unseen by who has it."
      },
      mixinStandardHelpOptions = true)
  static final class Checkpoint implements Callable<Integer> {

    @Option(names = "--out", paramLabel = "FILE", description = "Write the signed note there.")
    @Nullable Path out;

    @Override
    public Integer call() throws IOException {
      JsonNode newest = Client.fromEnvironment().get("/v1/audit/checkpoint");
      String note = newest.path("note").asText();
      if (out == null) {
        System.out.print(note);
      } else {
        Files.writeString(out, note);
      }
      System.err.println("key " + newest.path("key").asText());
      return 0;
    }
  }

  /** {@code saferun audit verify FILE}: needs no server. */
  @Command(
      name = "verify",
      description = {
        "Verify an exported audit log, with nothing but the file.",
        "Exits with 1 where anything is not what was logged, and names the first such place."
      },
      mixinStandardHelpOptions = true)
  static final class VerifyLog implements Callable<Integer> {

    private static final int GZIP_FIRST = 0x1f;

    @Parameters(paramLabel = "FILE", description = "What `saferun audit export` wrote.")
    Path file;

    @Option(
        names = "--key",
        paramLabel = "KEY",
        description = "Who must have signed; without it the export's own key is believed.")
    @Nullable String key;

    @Option(
        names = "--checkpoint",
        paramLabel = "FILE",
        description = "A checkpoint that was kept elsewhere; may be given several times.")
    List<Path> checkpoints = List.of();

    @Override
    public Integer call() {
      LogVerifier.Verdict verdict;
      try (InputStream in = open()) {
        verdict = LogVerifier.verify(in, key, notes());
      } catch (IOException fault) {
        throw new CommandFailed(CommandFailed.USAGE, "it cannot be read: " + fault.getMessage());
      } catch (IllegalArgumentException noKey) {
        throw new CommandFailed(CommandFailed.USAGE, "--key: " + noKey.getMessage());
      }
      System.out.print(text(verdict));
      return verdict.broken().isPresent() ? CommandFailed.PROBLEM : 0;
    }

    private List<String> notes() throws IOException {
      List<String> notes = new ArrayList<>();
      for (Path checkpoint : checkpoints) {
        notes.add(Files.readString(checkpoint));
      }
      return notes;
    }

    /** The file as it is, or unpacked where it is compressed. */
    private InputStream open() throws IOException {
      PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file));
      int first = in.read();
      if (first >= 0) {
        in.unread(first);
      }
      return first == GZIP_FIRST ? new GZIPInputStream(in) : in;
    }

    private String text(LogVerifier.Verdict verdict) {
      StringBuilder text = new StringBuilder();
      if (verdict.broken().isPresent()) {
        text.append("BROKEN  ").append(verdict.broken().get()).append('\n');
        text.append("%d entries before it are whole%n".formatted(verdict.size()));
        return text.toString();
      }
      text.append(
          "whole: %d entries under %d checkpoints, the last of %s%n"
              .formatted(verdict.size(), verdict.checkpoints(), verdict.signedAt()));
      if (verdict.withheld() > 0) {
        text.append("%d details are withheld or erased%n".formatted(verdict.withheld()));
      }
      if (!checkpoints.isEmpty()) {
        text.append("it agrees with the checkpoints that were kept elsewhere\n");
      }
      text.append(key == null ? "signed by the export's own key " : "signed by ");
      return text.append(verdict.key()).append('\n').toString();
    }
  }
}
