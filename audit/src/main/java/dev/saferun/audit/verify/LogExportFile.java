package dev.saferun.audit.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the lines of an export. */
public final class LogExportFile {

  private static final int BUFFER_BYTES = 1 << 16;

  /** No entry is as long. */
  private static final int LINE_BYTES_MAX = 16 << 20;

  private LogExportFile() {}

  /** Leads all lines to the verification; the first place that is broken, where there is one. */
  public static Optional<String> read(InputStream export, Verification verification)
      throws IOException {
    Lines lines = new Lines(verification);
    try (export) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = export.read(buffer); count >= 0; count = export.read(buffer)) {
        lines.take(buffer, count);
      }
      lines.end();
    } catch (Broken broken) {
      return Optional.of("line " + lines.number + ": " + broken.getMessage());
    }
    try {
      verification.finish();
      return Optional.empty();
    } catch (Broken broken) {
      return Optional.of(String.valueOf(broken.getMessage()));
    }
  }

  /** Puts lines together from what was read at once. */
  private static final class Lines {

    private final Verification verification;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long number = 1;

    Lines(Verification verification) {
      this.verification = verification;
    }

    void take(byte[] buffer, int count) {
      int start = 0;
      for (int i = 0; i < count; i++) {
        if (buffer[i] == '\n') {
          begin(buffer, start, i);
          verification.line(begun.toByteArray());
          begun.reset();
          number++;
          start = i + 1;
        }
      }
      begin(buffer, start, count);
    }

    private void begin(byte[] buffer, int start, int end) {
      if (begun.size() + (end - start) > LINE_BYTES_MAX) {
        throw new Broken("it is longer than any line of an export");
      }
      begun.write(buffer, start, end - start);
    }

    void end() {
      if (begun.size() > 0) {
        throw new Broken("it has no end");
      }
    }
  }
}
