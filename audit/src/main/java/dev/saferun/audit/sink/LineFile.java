package dev.saferun.audit.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;

/**
 * A file of whole lines with one writer. A line that a crash tore is cut off when it is opened: it
 * was never acknowledged, so it comes again. What a failed append left is cut off at once.
 */
final class LineFile implements AutoCloseable {

  /** How a path becomes a channel; a fake one has a disk that fills. */
  interface Opener {
    FileChannel open(Path path) throws IOException;
  }

  private static final int STEP_BYTES = 64 << 10;

  private final Path path;
  private final FileChannel channel;
  private final LocalDate day;

  private LineFile(Path path, FileChannel channel, LocalDate day) {
    this.path = path;
    this.channel = channel;
    this.day = day;
  }

  static LineFile open(Path path, Opener opener, Clock clock) throws IOException {
    boolean isNew = !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    FileChannel channel = opener.open(path);
    try {
      lock(channel);
      cutTornLine(channel);
      if (isNew) {
        syncDirectory(parent(path));
      }
      return new LineFile(path, channel, isNew ? today(clock) : dayOf(path));
    } catch (IOException fault) {
      channel.close();
      throw fault;
    }
  }

  /** Never through a link, and for the appliance's own user only. */
  static FileChannel openFile(Path path) throws IOException {
    return FileChannel.open(
        path,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("another process writes the file");
      }
    } catch (OverlappingFileLockException taken) {
      throw new IOException("another destination writes the file", taken);
    }
  }

  private static void cutTornLine(FileChannel channel) throws IOException {
    long end = channel.size();
    while (end > 0) {
      long from = Math.max(0, end - STEP_BYTES);
      ByteBuffer step = ByteBuffer.allocate(Math.toIntExact(end - from));
      while (step.hasRemaining() && channel.read(step, from + step.position()) >= 0) {
        // Until the step is whole.
      }
      for (int i = step.position() - 1; i >= 0; i--) {
        if (step.get(i) == '\n') {
          channel.truncate(from + i + 1);
          return;
        }
      }
      end = from;
    }
    channel.truncate(0);
  }

  private static LocalDate today(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static LocalDate dayOf(Path path) throws IOException {
    return LocalDate.ofInstant(
        Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant(), ZoneOffset.UTC);
  }

  Path path() {
    return path;
  }

  long size() throws IOException {
    return channel.size();
  }

  /** On which its lines were written. */
  LocalDate day() {
    return day;
  }

  /** Returns when the lines are on the disk. */
  void append(byte[] lines) throws IOException {
    long before = channel.size();
    try {
      ByteBuffer left = ByteBuffer.wrap(lines);
      channel.position(before);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    } catch (IOException fault) {
      channel.truncate(before);
      throw fault;
    }
  }

  void rename(Path free) throws IOException {
    Files.move(path, free, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(parent(path));
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  /** A name is as durable as the directory that holds it. */
  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException closed) {
      // What counts was forced before.
    }
  }
}
