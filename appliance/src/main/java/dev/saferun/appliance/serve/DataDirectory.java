package dev.saferun.appliance.serve;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The one directory that holds all state of a node, locked for as long as the process lives. */
final class DataDirectory implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Makes the directory where it is missing (mode 0700) and locks it. */
  static DataDirectory open(Path directory) throws IOException {
    Path path = directory.toAbsolutePath().normalize();
    if (!Files.isDirectory(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw new InUse(path);
    }
    return new DataDirectory(path, channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Another process holds the directory; two of them would write over each other's journal. */
  static final class InUse extends IOException {
    private static final long serialVersionUID = 1L;

    InUse(Path path) {
      super(
          "another saferun process uses the data directory "
              + path
              + "; stop it, or give this one its own --data");
    }
  }
}
