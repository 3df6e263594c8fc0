package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saferun.evaluator.IntentScore;
import dev.saferun.evaluator.IntentSettings;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.Meanings;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.tenancy.Mode;
import dev.saferun.tenancy.OnError;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code saferun score}: the Intent Guard's score of each recorded call, without a server. */
@Command(
    name = "score",
    description = "Score every call of recorded runs by the Intent Guard, without a server.",
    mixinStandardHelpOptions = true)
final class Score implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "RUNS",
      description = "One recorded run a line, as JSON; .gz is unpacked.")
  private Path runs = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "SCORES",
      description = "Where one line a call is written: run_id, step, score.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    PolicySnapshot policy = policy();
    Meanings meanings = Meanings.patient();
    long[] calls = new long[1];
    long begun = System.nanoTime();
    try (BufferedReader lines = lines(runs);
        BufferedWriter scores = Files.newBufferedWriter(out)) {
      String line;
      while ((line = lines.readLine()) != null) {
        JsonNode recorded = Client.JSON.readTree(line);
        StringBuilder written = new StringBuilder();
        new PlayedRun(policy, meanings)
            .play(
                RecordedRun.of(recorded),
                (step, measured, evaluation) -> {
                  IntentScore score = evaluation.decision().intent();
                  written.append(row(recorded.get("run_id").asText(), step, score)).append('\n');
                  calls[0]++;
                });
        scores.write(written.toString());
      }
    }
    System.out.printf(
        "%d calls scored in %d ms: %s%n", calls[0], (System.nanoTime() - begun) / 1_000_000, out);
    return 0;
  }

  private static ObjectNode row(String runId, long step, @Nullable IntentScore score) {
    return Client.JSON
        .createObjectNode()
        .put("run_id", runId)
        .put("step", step)
        .put("score", score == null ? 0.0 : score.score());
  }

  /** No rules: the Intent Guard alone. */
  static PolicySnapshot policy() {
    return PolicySnapshot.of(
        new PolicyContent(
            Mode.BLOCK,
            OnError.DENY,
            List.of(),
            LoopGuardSettings.DEFAULT,
            IntentSettings.STANDARD));
  }

  static BufferedReader lines(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    return new BufferedReader(
        new InputStreamReader(
            file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
            StandardCharsets.UTF_8));
  }
}
