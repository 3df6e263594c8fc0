package dev.saferun.audit.verify;

import dev.saferun.audit.LogVerifier;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How long an exported log takes to verify. */
final class VerifyBench {

  private VerifyBench() {}

  /**
   * @param arguments a directory, and how many entries
   */
  public static void main(String[] arguments) throws Exception {
    Path file = Files.createTempFile(Path.of(arguments[0]), "log", ".jsonl");
    int entries = Integer.parseInt(arguments[1]);
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
        WrittenLog log = new WrittenLog(WrittenLog.newKey(), 1, out);
        log.grow(entries);
        log.end();
      }
      for (int round = 0; round < 3; round++) {
        long begun = System.nanoTime();
        LogVerifier.Verdict verdict =
            LogVerifier.verify(Files.newInputStream(file), null, List.of());
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "%,d entries under %,d checkpoints, %,d MB: verified in %.1f s (%,.0f entries/s)%s%n",
            verdict.size(),
            verdict.checkpoints(),
            Files.size(file) >> 20,
            seconds,
            verdict.size() / seconds,
            verdict.broken().map(broken -> "; BROKEN: " + broken).orElse(""));
      }
    } finally {
      Files.delete(file);
    }
  }
}
