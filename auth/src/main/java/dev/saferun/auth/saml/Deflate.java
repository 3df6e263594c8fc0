package dev.saferun.auth.saml;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The compression of the redirect binding (RFC 1951, without a header). */
final class Deflate {

  private static final int CHUNK_BYTES = 8_192;

  private Deflate() {}

  static byte[] compress(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      while (!deflater.finished()) {
        all.write(chunk, 0, deflater.deflate(chunk));
      }
      return all.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** Stops at the limit, so a small text that stands for gigabytes costs no more than a large. */
  static byte[] inflate(byte[] bytes, Checks checks) throws RefusedException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes);
      byte[] all = inflated(inflater, checks);
      checks.demand(SamlCheck.DEFLATE_END, inflater.getRemaining() == 0);
      return all;
    } catch (DataFormatException fault) {
      throw notDeflated();
    } finally {
      inflater.end();
    }
  }

  private static byte[] inflated(Inflater inflater, Checks checks)
      throws DataFormatException, RefusedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    while (!inflater.finished()) {
      int count = inflater.inflate(chunk);
      if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
        throw notDeflated();
      }
      all.write(chunk, 0, count);
      checks.demand(SamlCheck.DEFLATE_SIZE, all.size() <= SamlLimits.MESSAGE_BYTES_MAX);
    }
    return all.toByteArray();
  }

  private static RefusedException notDeflated() {
    return new RefusedException(SamlRefusal.MALFORMED, "the message is not compressed by DEFLATE");
  }
}
