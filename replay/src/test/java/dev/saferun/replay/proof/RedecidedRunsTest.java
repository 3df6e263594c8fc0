package dev.saferun.replay.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.redaction.RedactionPolicy;
import dev.saferun.redaction.RedactionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Recorded runs decided again from what production keeps of them: each decision is the same or
 * honestly undecidable, never another. {@code make proof-bench PROOF_POLICY=production} does all of
 * them.
 */
class RedecidedRunsTest {

  private static final int EVERY = 8;
  private static final double PROVEN_WITH_ORIGINALS_MIN = 0.95;

  @Test
  void nothingIsDecidedOtherwise() throws IOException {
    ProofBench calls =
        new ProofBench(
            RedactionPolicy.of(List.of(RedactionRules.production())),
            PolicySnapshot.of(ProofBench.policy(ProofBench.simulations(above("simulations")))));
    calls.recordedRuns(recorded(), EVERY);

    Map<String, Integer> kept = calls.results(false);
    Map<String, Integer> whole = calls.results(true);

    System.out.printf(
        "decided again from production frames: %s; with originals: %s%n", kept, whole);
    assertThat(kept).doesNotContainKeys("different", "altered");
    assertThat(whole).doesNotContainKeys("different", "altered");
    int all = whole.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(whole.getOrDefault("proven", 0) / (double) all)
        .isGreaterThan(PROVEN_WITH_ORIGINALS_MIN);
  }

  private static Path recorded() {
    Path file = above("shared/data/dev.jsonl.gz");
    if (!Files.exists(file)) {
      System.err.println("SKIPPED: no recorded runs beside the project");
      return Assumptions.abort("no recorded runs beside the project");
    }
    return file;
  }

  /** A path beside this folder or beside one that it is in; the last one where none has it. */
  private static Path above(String name) {
    Path at = Path.of("").toAbsolutePath();
    while (at.getParent() != null && !Files.exists(at.resolve(name))) {
      at = at.getParent();
    }
    return at.resolve(name);
  }
}
