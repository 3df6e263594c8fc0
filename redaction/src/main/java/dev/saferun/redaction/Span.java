package dev.saferun.redaction;

/** A part of a text, packed into one number so that looking for one allocates nothing. */
final class Span {

  /** The answer when there is none. */
  static final long NOTHING = -1;

  private Span() {}

  static long of(int start, int end) {
    return ((long) start << 32) | end;
  }

  static int start(long span) {
    return (int) (span >>> 32);
  }

  static int end(long span) {
    return (int) span;
  }
}
