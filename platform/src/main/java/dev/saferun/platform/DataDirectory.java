package dev.saferun.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one directory that everything this node keeps lies in, held by one process at a time.
 *
 * <p>The lock ends with the process, however it ends. Directories and secret files made here are
 * readable by their owner only, and a secret file that others could read is refused, not repaired:
 * whoever read it already has it.
 */
public final class DataDirectory implements AutoCloseable {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private static final int SECRET_BYTES_MAX = 1 << 20;

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /** Takes the directory, making it where it is missing; refused while another process has it. */
  public static DataDirectory open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      make(absolute);
      return new DataDirectory(absolute, lock(absolute));
    } catch (IOException fault) {
      throw new UncheckedIOException(
          "the data directory " + absolute + " cannot be used: " + fault.getMessage(), fault);
    }
  }

  public Path path() {
    return path;
  }

  /** A directory of that name inside, made where it is missing. */
  public Path directory(String name) {
    Path directory = path.resolve(name);
    try {
      make(directory);
      return directory;
    } catch (IOException fault) {
      throw new UncheckedIOException("cannot make " + directory, fault);
    }
  }

  /**
   * The bytes of a secret file; the first call makes it, whole or not at all, from {@code first}.
   */
  public byte[] secret(String name, Supplier<byte[]> first) {
    Path file = path.resolve(name);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        replace(file, first.get());
      }
      check(file);
      return read(file);
    } catch (IOException fault) {
      throw new UncheckedIOException("cannot read the secret file " + file, fault);
    }
  }

  /** Puts other bytes in the place of a secret file, whole or not at all. */
  public void replaceSecret(String name, byte[] content) {
    try {
      replace(path.resolve(name), content);
    } catch (IOException fault) {
      throw new UncheckedIOException("cannot write the secret file " + name, fault);
    }
  }

  /**
   * The bytes of a secret file that somebody else put anywhere; refused where it is not a plain
   * file that only its owner can read and write, as are those of this directory.
   */
  public static byte[] readSecret(Path file) {
    try {
      check(file);
      return read(file);
    } catch (IOException fault) {
      throw new UncheckedIOException("cannot read the secret file " + file, fault);
    }
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.size(file) > SECRET_BYTES_MAX) {
      throw new IllegalStateException("the secret file " + file + " is larger than 1 MiB");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(SECRET_BYTES_MAX);
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException fault) {
      throw new UncheckedIOException("cannot give back the data directory " + path, fault);
    }
  }

  private static void make(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new IllegalStateException(
          "another SafeRun process uses the data directory "
              + directory
              + "; stop it or give this one a directory of its own");
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException takenInThisProcess) {
      return null;
    }
  }

  /** Puts the content in the place of the file, whole or not at all, for its owner only. */
  static void replace(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (FileChannel channel =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    Path parent = file.getParent();
    if (parent != null) {
      try (FileChannel directory = FileChannel.open(parent)) {
        directory.force(true);
      }
    }
  }

  /** Refuses what is not a plain file that only its owner can read and write. */
  static void check(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalStateException("the secret file " + file + " must be a plain file");
    }
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IllegalStateException(
          "the secret file " + file + " can be read by others; make its mode 0600 or replace it");
    }
  }
}
