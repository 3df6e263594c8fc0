package dev.saferun.audit.note;

import dev.saferun.audit.merkle.TreeHash;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * What a log was at a size: {@code origin, size, base64 of the root}, one a line, and as an
 * extension line the time at which it was signed.
 *
 * @param origin which log
 * @param root the hash of the tree
 */
public record Checkpoint(String origin, long size, byte[] root, Instant at) {

  private static final String TIME = "time ";
  private static final int LINES = 4;

  /** As a signed note. */
  public String sign(SigningKey key) {
    String text = origin + "\n" + size + "\n" + Base64Text.of(root) + "\n" + TIME + at + "\n";
    return SignedNote.sign(text, key);
  }

  /**
   * Reads a note and holds it against the key that must have signed it.
   *
   * @throws IllegalArgumentException with the reason, where it is none, or not signed by that key
   */
  public static Checkpoint open(String note, VerifierKey key) {
    List<String> lines = SignedNote.open(note, key).lines().toList();
    if (lines.size() != LINES || !lines.get(3).startsWith(TIME)) {
      throw new IllegalArgumentException("it is not a checkpoint of an audit log");
    }
    byte[] root = Base64Text.read(lines.get(2));
    try {
      Checkpoint read =
          new Checkpoint(
              lines.get(0),
              Long.parseLong(lines.get(1)),
              root,
              Instant.parse(lines.get(3).substring(TIME.length())));
      if (root.length != TreeHash.BYTES || read.size < 0) {
        throw new IllegalArgumentException("its size or its root cannot be");
      }
      return read;
    } catch (NumberFormatException | DateTimeParseException odd) {
      throw new IllegalArgumentException("its size or its time cannot be read", odd);
    }
  }
}
