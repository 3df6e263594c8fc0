package dev.saferun.replay.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A few files of full size that are allocated and wait to become segments, so that changing
 * segments costs the writer no allocation. Released segments come back here; a new file is made
 * only where none waits, so a journal whose drain keeps up makes none.
 */
final class Spares {

  static final String SUFFIX = ".spare";
  static final String UNFINISHED_SUFFIX = ".filling";

  private static final int BLOCK_BYTES = 1 << 20;
  private static final int KEPT_MAX = 4;

  private final Disk disk;
  private final JournalSettings settings;
  private final GroupWriter writer;
  private final Queue<Path> ready = new ArrayBlockingQueue<>(KEPT_MAX);

  Spares(Disk disk, JournalSettings settings, GroupWriter writer) {
    this.disk = disk;
    this.settings = settings;
    this.writer = writer;
  }

  boolean wanted() {
    return ready.isEmpty();
  }

  /** A waiting file, which is the caller's from now on. */
  @Nullable Path take() {
    return ready.poll();
  }

  /** Keeps a file of full size, or removes it when enough wait already. */
  void keep(Path file) throws IOException {
    if (!ready.offer(file)) {
      disk.delete(file);
    }
  }

  /** Reuses a released segment's file; false when enough wait already. */
  boolean reuse(Segment segment) throws IOException {
    boolean enough = ready.size() == KEPT_MAX;
    if (enough || !segment.reusable() || segment.fileBytes() != settings.segmentBytes()) {
      return false;
    }
    Path spare = named(segment.number(), SUFFIX);
    disk.rename(segment.file(), spare);
    disk.forceDirectory(settings.directory());
    keep(spare);
    return true;
  }

  /** Makes one ahead of need; the number only makes its name unique. */
  void prepare(long number) throws IOException {
    keep(allocate(number));
  }

  /** A file of full size, every block of it on the disk, so that no later write lacks space. */
  Path allocate(long number) throws IOException {
    Path unfinished = named(number, UNFINISHED_SUFFIX);
    try (DiskFile file = disk.create(unfinished)) {
      fill(file);
    } catch (IOException e) {
      disk.delete(unfinished);
      throw e;
    }
    Path file = named(number, SUFFIX);
    disk.rename(unfinished, file);
    return file;
  }

  /** Syncs block by block: the writer's own sync, which has answers behind it, waits for one. */
  private void fill(DiskFile file) throws IOException {
    ByteBuffer zeros =
        ByteBuffer.allocateDirect((int) Math.min(BLOCK_BYTES, settings.segmentBytes()));
    for (long at = 0; at < settings.segmentBytes(); at += zeros.capacity()) {
      long left = settings.segmentBytes() - at;
      writer.writeWhole(file, zeros.clear().limit((int) Math.min(left, zeros.capacity())), at);
      file.force();
    }
  }

  private Path named(long number, String suffix) {
    return settings.directory().resolve(String.format("%016d%s", number, suffix));
  }
}
