package dev.saferun.audit.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.GZIPOutputStream;

/** The lines of a part, compressed as they come. */
final class PartBytes {

  private final ByteArrayOutputStream gzip = new ByteArrayOutputStream();
  private final GZIPOutputStream out;
  private final MessageDigest digest;
  private long bytes;

  PartBytes() {
    try {
      this.out = new GZIPOutputStream(gzip);
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }

  void line(byte[] line) {
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
    digest.update(line);
    digest.update((byte) '\n');
    bytes += line.length + 1;
  }

  ExportPart part(long entries, long nextIndex, boolean isLast) {
    try {
      out.close();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
    return new ExportPart(gzip.toByteArray(), bytes, digest.digest(), entries, nextIndex, isLast);
  }
}
