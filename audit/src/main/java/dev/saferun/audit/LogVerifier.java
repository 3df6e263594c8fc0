package dev.saferun.audit;

import dev.saferun.audit.note.VerifierKey;
import dev.saferun.audit.verify.LogExportFile;
import dev.saferun.audit.verify.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an exported audit log by the file alone. It reads as a stream, so a log may be larger
 * than the memory.
 */
public final class LogVerifier {

  private LogVerifier() {}

  /**
   * What was found.
   *
   * @param broken the first place that is not what was logged, and how; empty where all is
   * @param size entries that were read until there
   * @param withheld details that the log is committed to and the export has not
   * @param key whose signatures the checkpoints bear, as the export says; null without a header
   * @param signedAt when the last checkpoint was signed that was met; null where there was none
   */
  public record Verdict(
      Optional<String> broken,
      long size,
      long checkpoints,
      long withheld,
      @Nullable String key,
      @Nullable Instant signedAt) {}

  /**
   * @param export as {@code format=log} writes it
   * @param key the key that must have signed, as the appliance showed it; null to believe the
   *     export's own
   * @param olderNotes checkpoints that were kept elsewhere
   * @throws IllegalArgumentException where the key is none
   */
  public static Verdict verify(InputStream export, @Nullable String key, List<String> olderNotes)
      throws IOException {
    Verification verification =
        new Verification(key == null ? null : VerifierKey.parse(key), olderNotes);
    Optional<String> broken = LogExportFile.read(export, verification);
    return new Verdict(
        broken,
        verification.size(),
        verification.checkpoints(),
        verification.withheld(),
        verification.key() == null ? null : String.valueOf(verification.key()),
        verification.signedAt());
  }
}
