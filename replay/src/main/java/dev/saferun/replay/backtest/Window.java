package dev.saferun.replay.backtest;

import dev.saferun.platform.Scope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which decisions of one environment are gone through.
 *
 * @param sampleOneIn 1 for all, else one in so many, the same ones each time
 */
record Window(Scope environment, @Nullable Instant from, Instant to, long sampleOneIn) {

  long fromMicros() {
    return from == null ? Long.MIN_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, from);
  }

  long toMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, to);
  }

  /** Whether a decision is in the sample, by its id. */
  boolean samples(UUID recordId) {
    return sampleOneIn == 1
        || Long.remainderUnsigned(mixed(recordId.getLeastSignificantBits()), sampleOneIn) == 0;
  }

  /** The finalizer of SplitMix64: ids made in a row have nothing to do with each other after it. */
  private static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
