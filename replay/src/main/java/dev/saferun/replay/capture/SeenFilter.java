package dev.saferun.replay.capture;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Says of a 64-bit hash "surely never added" or "perhaps added" (a Bloom filter), so that what is
 * new needs no question to the database. It never forgets and never grows; filled beyond its size
 * it says "perhaps" more often, which costs a question and nothing else.
 *
 * <p>16 MiB: at 13 million entries one new thing in fifty is asked for.
 */
final class SeenFilter {

  private static final int WORDS = 1 << 21;
  private static final int PROBES = 5;

  private final AtomicLongArray words = new AtomicLongArray(WORDS);

  void add(long hash) {
    long mixed = mix(hash);
    long step = mix(mixed) | 1;
    for (int i = 0; i < PROBES; i++) {
      long bit = mixed + i * step;
      int word = (int) (bit >>> 6) & (WORDS - 1);
      long mask = 1L << bit;
      if ((words.getOpaque(word) & mask) == 0) {
        words.accumulateAndGet(word, mask, (before, added) -> before | added);
      }
    }
  }

  boolean mayContain(long hash) {
    long mixed = mix(hash);
    long step = mix(mixed) | 1;
    for (int i = 0; i < PROBES; i++) {
      long bit = mixed + i * step;
      if ((words.getOpaque((int) (bit >>> 6) & (WORDS - 1)) & (1L << bit)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
