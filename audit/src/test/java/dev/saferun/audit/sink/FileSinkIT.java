package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.AddressGuard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSinkIT extends SinkContract {

  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private Clock clock = Clock.systemUTC();

  @Override
  SinkType type() {
    return Surroundings.type(
        "file",
        new SinkSurroundings(
            new AddressGuard(List.of(), new FakeResolver()), "here", directory, clock));
  }

  @Override
  SinkSettings receiver() {
    return settings("events");
  }

  private static SinkSettings settings(String name) {
    return Surroundings.settings(Map.of("name", name, "rotate_megabytes", 1L));
  }

  @Override
  List<String> received(UUID organization, int count) throws IOException {
    return Files.readAllLines(file(organization));
  }

  private Path file(UUID organization) {
    return directory.resolve(organization.toString()).resolve("events.jsonl");
  }

  @Override
  boolean knowsIds() {
    return false;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../x", "/etc/passwd", "a/b", "a\\b", "a\u0000", ".x", "é"})
  void aNameIsNoPath(String name) {
    assertThatThrownBy(() -> type().check(settings(name))).hasMessageStartingWith("must ");
  }

  @Test
  void withoutADirectoryOfTheOperatorThereAreNoFiles() {
    assertThatThrownBy(() -> Surroundings.type("file").check(receiver()))
        .hasMessageContaining("has configured no directory");
  }

  @Test
  void aLinkLeadsNowhere(@TempDir Path elsewhere) throws Exception {
    List<Message> batch = Messages.of(2);
    Path target = Files.createFile(elsewhere.resolve("target"));
    Path file = file(Messages.organization(batch));
    Files.createDirectory(file.getParent());
    Files.createSymbolicLink(file, target);
    assertThatThrownBy(() -> send(batch)).isInstanceOf(SinkException.class);
    assertThat(target).isEmptyFile();
  }

  @Test
  void aLinkInPlaceOfTheOrganizationLeadsNowhere(@TempDir Path elsewhere) throws Exception {
    List<Message> batch = Messages.of(2);
    Files.createSymbolicLink(file(Messages.organization(batch)).getParent(), elsewhere);
    assertThatThrownBy(() -> send(batch)).isInstanceOf(SinkException.class);
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aTornLineIsCutOff() throws Exception {
    List<Message> batch = Messages.of(2);
    send(batch);
    Path file = file(Messages.organization(batch));
    Files.writeString(file, "{\"torn\":\"" + "x".repeat(200_000), StandardOpenOption.APPEND);
    send(batch);
    assertThat(Files.readAllLines(file))
        .containsExactlyElementsOf(
            Stream.of(batch, batch).flatMap(one -> Messages.bodies(one).stream()).toList());
  }

  @Test
  void aFullFileIsRenamedAndNothingIsLost() throws Exception {
    UUID organization = UUID.randomUUID();
    List<Message> all = Messages.of(organization, 0, 8_000);
    try (Sink sink = type().open(receiver())) {
      for (int i = 0; i < 8; i++) {
        sink.send(all.subList(i * 1_000, (i + 1) * 1_000));
      }
    }
    try (Stream<Path> files = Files.list(file(organization).getParent())) {
      List<Path> sorted = files.sorted().toList();
      assertThat(sorted).hasSizeGreaterThan(1);
      List<String> lines = new ArrayList<>();
      for (Path one : sorted) {
        lines.addAll(Files.readAllLines(one));
      }
      assertThat(lines).containsExactlyInAnyOrderElementsOf(Messages.bodies(all));
    }
  }

  @Test
  void aDayHasItsFile() throws Exception {
    List<Message> batch = Messages.of(2);
    TurningClock turning = new TurningClock(NOON);
    clock = turning;
    try (Sink sink = type().open(receiver())) {
      sink.send(batch);
      turning.now = NOON.plus(Duration.ofDays(1));
      sink.send(batch);
    }
    Path file = file(Messages.organization(batch));
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(Files.readAllLines(file.resolveSibling("events-20261128-1.jsonl"))).hasSize(2);
  }

  @Test
  void twoDestinationsDoNotWriteOneFile() throws Exception {
    List<Message> batch = Messages.of(2);
    try (Sink first = type().open(receiver())) {
      first.send(batch);
      assertThatThrownBy(() -> send(batch)).isInstanceOf(SinkException.class);
    }
    assertThat(send(batch)).isEmpty();
  }

  @Test
  void aFullDiskIsToldAndLeavesWholeLines() throws Exception {
    List<Message> batch = Messages.of(10);
    FullDisk disk = new FullDisk();
    try (Sink sink = new FileSink(directory, "events", 1 << 20, clock, path -> disk.over(path))) {
      sink.send(batch);
      disk.room = 100;
      assertThatThrownBy(() -> sink.send(batch))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("disk is full");
      assertThat(received(Messages.organization(batch), 10)).isEqualTo(Messages.bodies(batch));
      disk.room = Long.MAX_VALUE;
      assertThat(sink.send(batch)).isEmpty();
    }
    assertThat(received(Messages.organization(batch), 20)).hasSize(20);
  }

  private List<Sink.Refused> send(List<Message> batch) throws Exception {
    try (Sink sink = type().open(receiver())) {
      return sink.send(batch);
    }
  }

  /** A disk with so many bytes left. */
  private static final class FullDisk {

    private long room = Long.MAX_VALUE;

    FileChannel over(Path path) throws IOException {
      return new ChannelOver(LineFile.openFile(path)) {
        @Override
        public int write(ByteBuffer source) throws IOException {
          if (room < source.remaining()) {
            super.write(source.slice(source.position(), (int) room));
            throw new IOException("No space left on device");
          }
          return super.write(source);
        }
      };
    }
  }

  private static final class TurningClock extends Clock {

    private Instant now;

    TurningClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
