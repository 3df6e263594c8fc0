package dev.saferun.replay.journal;

import java.nio.file.Path;

/**
 * One file of records. It ends where the next one begins: whatever it holds of the next one's
 * sequences was never acknowledged.
 *
 * @param fileBytes its share of the total bound
 * @param reusable false once the disk refused something in it, or it was cut
 */
record Segment(Path file, long number, long firstSequence, long fileBytes, boolean reusable) {

  static final String SUFFIX = ".segment";

  static Path file(Path directory, long number) {
    return directory.resolve(String.format("%016d%s", number, SUFFIX));
  }

  /** The number in a segment's name, -1 when it is none. */
  static long number(Path file) {
    String name = file.getFileName().toString();
    if (!name.matches("\\d{16}\\" + SUFFIX)) {
      return -1;
    }
    return Long.parseLong(name.substring(0, 16));
  }

  String name() {
    return file.getFileName().toString();
  }

  Segment cut(long bytes) {
    return new Segment(file, number, firstSequence, bytes, false);
  }
}
