package dev.saferun.platform.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs, unpacked from the jar of this machine's architecture into a directory that
 * is named by the archive, so that another version never meets them half replaced.
 */
record PostgresBinaries(Path home) {

  /** The version whose data directories these programs can open. */
  static final int MAJOR = 17;

  static PostgresBinaries unpackInto(Path cache) {
    String resource = "/postgres-linux-" + architecture() + ".txz";
    URL archive = PostgresBinaries.class.getResource(resource);
    if (archive == null) {
      throw new IllegalStateException(
          "no embedded PostgreSQL for this machine; configure saferun.database.url");
    }
    try {
      long size = archive.openConnection().getContentLengthLong();
      Path home = cache.resolve("postgres-" + MAJOR + "-" + architecture() + "-" + size);
      if (!Files.isDirectory(home)) {
        unpack(archive, home);
      }
      return new PostgresBinaries(home);
    } catch (IOException fault) {
      throw new UncheckedIOException("the embedded PostgreSQL cannot be unpacked", fault);
    }
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private static String architecture() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> name;
    };
  }

  /** Into a directory beside it first; the rename makes it whole or absent, also between racers. */
  private static void unpack(URL archive, Path home) throws IOException {
    Path parent = home.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path part = Files.createTempDirectory(parent, "unpacking-");
    try (InputStream bytes = archive.openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(bytes, 65_536)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, part);
      }
      // The server may run as another user than the one that unpacks.
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherWasFaster) {
      delete(part);
    } catch (IOException fault) {
      delete(part);
      throw fault;
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("the archive points outside of itself");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (entry.isSymbolicLink()) {
      Files.createDirectories(target.getParent());
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.createDirectories(target.getParent());
      Files.copy(tar, target);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  /** Removes a directory and all in it. */
  static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
