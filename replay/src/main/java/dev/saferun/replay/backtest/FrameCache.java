package dev.saferun.replay.backtest;

import dev.saferun.platform.DataDirectory;
import dev.saferun.replay.BacktestConfiguration;
import dev.saferun.replay.RecordsGone;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A copy of recorded actions on the local disk, one file an environment, because the database
 * cannot hand them out as fast as they can be decided again. It holds what the database holds,
 * redacted as it is there, in the same order and without a gap from the first one on. It is made
 * while backtests read, bounded, and may be deleted at any time.
 */
@Singleton
class FrameCache implements RecordsGone {

  private final Path directory;
  private final long bytesMax;

  FrameCache(DataDirectory data, BacktestConfiguration configuration) {
    this.directory = data.directory("backtest-cache");
    this.bytesMax = configuration.cacheBytesMax();
  }

  /** The environment's file, to be closed; a damaged one is begun anew. */
  CachedActions open(UUID environmentId) throws IOException {
    long others = bytes() - sizeOf(file(environmentId));
    return CachedActions.open(file(environmentId), Math.max(0, bytesMax - others));
  }

  /** The copy holds what is gone and is made anew by the next backtest. */
  @Override
  public void gone(UUID environmentId) {
    try {
      drop(environmentId);
    } catch (IOException fault) {
      throw new UncheckedIOException("a copy of deleted runs cannot be removed", fault);
    }
  }

  /** Forgets an environment. */
  void drop(UUID environmentId) throws IOException {
    Files.deleteIfExists(file(environmentId));
  }

  private Path file(UUID environmentId) {
    return directory.resolve(environmentId + ".actions");
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.mapToLong(FrameCache::sizeOf).sum();
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }
}
