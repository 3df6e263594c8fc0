package dev.saferun.replay.journal;

/**
 * What became of one append. Only {@link Durable} means that the record survives power loss; every
 * other outcome means that it was not kept, and that the environment's overflow setting decides.
 */
public sealed interface Appended {

  /** The record is on stable storage and will be read back exactly once, in order of position. */
  record Durable(long position) implements Appended {}

  /** A bound is reached; it ends when the drain catches up. Nothing was written. */
  record Full(Bound bound) implements Appended {}

  /** The record alone is larger than a record may be; the same append can never succeed. */
  record TooLarge(int bytes, int bytesMax) implements Appended {}

  /** The disk has no space; the journal tries again by itself when it is appended to later. */
  record DiskFull(String reason) implements Appended {}

  /** The disk refused a write or a sync; the journal goes on in a new segment. */
  record Failed(String reason) implements Appended {}

  /** The journal is closed, or was closed before the record's turn came. */
  record Closed() implements Appended {}

  /** What must be sealed of it cannot be, for the organization's key cannot be had now. */
  record Unsealable() implements Appended {}

  /** Which bound an append met. */
  enum Bound {
    /** Too many bytes wait for the writer: the disk is slower than the arrivals. */
    QUEUE_BYTES,
    /** The segments fill their share of the disk: the drain is behind. */
    TOTAL_BYTES
  }
}
