package dev.saferun.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The form of a last good document on disk: one line of text, then the content as it is.
 *
 * <pre>saferun-last-good/1 NAME NUMBER WRITTEN_AT_MILLIS BYTES SHA256</pre>
 *
 * <p>The hash is over the line before it and the content, so no byte of the file can change
 * unnoticed.
 */
record LastGoodFile(String name, long number, Instant writtenAt, byte[] content) {

  private static final String FORM = "saferun-last-good/1";
  private static final int LINE_BYTES_MAX = 512;
  private static final int FIELDS = 6;

  /** Why a file is not used; the text names nothing of its content. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String why) {
      super(why);
    }
  }

  /** Empty where there is none. */
  static Optional<LastGoodFile> read(Path file, String name) throws IOException, Unusable {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      DataDirectory.check(file);
    } catch (IllegalStateException refused) {
      throw new Unusable("it is not a plain file that only its owner can read and write");
    }
    if (Files.size(file) > (long) LastGood.BYTES_MAX + LINE_BYTES_MAX) {
      throw new Unusable("it is larger than any that is written");
    }
    return Optional.of(decode(Files.readAllBytes(file), name));
  }

  void write(Path file) throws IOException {
    DataDirectory.replace(file, encode());
  }

  byte[] encode() {
    byte[] described =
        String.join(
                " ",
                FORM,
                name,
                Long.toString(number),
                Long.toString(writtenAt.toEpochMilli()),
                Integer.toString(content.length),
                "")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] hash = (hash(described, content) + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(described.length + hash.length + content.length)
        .put(described)
        .put(hash)
        .put(content)
        .array();
  }

  static LastGoodFile decode(byte[] bytes, String name) throws Unusable {
    int lineEnd = lineEnd(bytes);
    String line = new String(bytes, 0, lineEnd, StandardCharsets.ISO_8859_1);
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS || !fields[0].equals(FORM)) {
      throw new Unusable("it is not a last good document of this version");
    }
    byte[] described =
        line.substring(0, line.length() - fields[FIELDS - 1].length())
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] content = Arrays.copyOfRange(bytes, lineEnd + 1, bytes.length);
    if (!fields[4].equals(Integer.toString(content.length))) {
      throw new Unusable("it has another length than it says");
    }
    if (!fields[5].equals(hash(described, content))) {
      throw new Unusable("its hash is another than it says");
    }
    if (!fields[1].equals(name)) {
      throw new Unusable("it is another document");
    }
    try {
      Instant writtenAt = Instant.ofEpochMilli(Long.parseLong(fields[3]));
      return new LastGoodFile(name, Long.parseLong(fields[2]), writtenAt, content);
    } catch (NumberFormatException fault) {
      throw new Unusable("its numbers are none");
    }
  }

  private static int lineEnd(byte[] bytes) throws Unusable {
    for (int i = 0; i < Math.min(bytes.length, LINE_BYTES_MAX); i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    throw new Unusable("it does not begin with a line that describes it");
  }

  /** The SHA-256 of the two, one after the other, in hex. */
  static String hash(byte[] described, byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(described);
      digest.update(content);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("every Java has SHA-256", fault);
    }
  }
}
