package dev.saferun.audit.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends a batch to {@code directory/organization/name.jsonl}. A file that reached its size, or
 * whose day (UTC) is over, is renamed to {@code name-yyyyMMdd-n.jsonl} before the next batch; what
 * becomes of it there is the operator's.
 */
final class FileSink implements Sink {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);

  private static final int ROTATED_A_DAY_MAX = 100_000;

  private final Path directory;
  private final String name;
  private final long bytesMax;
  private final Clock clock;
  private final LineFile.Opener opener;
  private @Nullable LineFile file;
  private @Nullable UUID owner;

  FileSink(Path directory, String name, long bytesMax, Clock clock, LineFile.Opener opener) {
    this.directory = directory;
    this.name = name;
    this.bytesMax = bytesMax;
    this.clock = clock;
    this.opener = opener;
  }

  @Override
  public List<Refused> send(List<Message> batch) throws SinkException {
    if (batch.isEmpty()) {
      return List.of();
    }
    try {
      current(batch.getFirst().event().organizationId()).append(lines(batch));
      return List.of();
    } catch (IOException fault) {
      close();
      throw new SinkException(
          "the file cannot be written; its disk is full or away, it is not a plain file, or"
              + " another destination writes it",
          fault,
          null);
    }
  }

  private static byte[] lines(List<Message> batch) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Message message : batch) {
      out.writeBytes(message.body());
      out.write('\n');
    }
    return out.toByteArray();
  }

  private LineFile current(UUID organization) throws IOException {
    LineFile open = file;
    if (open == null || !organization.equals(owner)) {
      close();
      open = open(organization);
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (open.size() > 0 && (open.size() >= bytesMax || open.day().isBefore(today))) {
      open.rename(free(open.path(), open.day()));
      close();
      open = open(organization);
    }
    return open;
  }

  private LineFile open(UUID organization) throws IOException {
    Path home = directory.resolve(organization.toString());
    if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      LineFile.syncDirectory(directory);
    }
    LineFile opened = LineFile.open(home.resolve(name + ".jsonl"), opener, clock);
    file = opened;
    owner = organization;
    return opened;
  }

  private Path free(Path path, LocalDate day) throws IOException {
    for (int number = 1; number <= ROTATED_A_DAY_MAX; number++) {
      Path free = path.resolveSibling(name + "-" + DAY.format(day) + "-" + number + ".jsonl");
      if (!Files.exists(free, LinkOption.NOFOLLOW_LINKS)) {
        return free;
      }
    }
    throw new IOException("too many files of one day");
  }

  @Override
  public void close() {
    LineFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }
}
