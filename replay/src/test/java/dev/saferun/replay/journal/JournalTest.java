package dev.saferun.replay.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the journal promises when one thing at a time goes wrong. */
class JournalTest {

  private static final Path DIRECTORY = Path.of("/journal");

  private final Random random = new Random(7);
  private final SimulatedDisk disk = new SimulatedDisk(new Random(7));
  private final JournalSettings settings = TestRecords.small(DIRECTORY);
  private long nanos;

  @Test
  void aRecordComesBackAsItWasWritten() {
    RecordFormat format = new RecordFormat();
    for (int bytes = 0; bytes < 300; bytes++) {
      Pending record = TestRecords.record(random, bytes);
      ByteBuffer buffer = ByteBuffer.allocate(1024);
      format.encode(buffer, 3, 17, 15, record);
      assertThat(buffer.position()).isEqualTo(record.paddedBytes());
      int length = RecordFormat.lengthAt(buffer.flip(), 0, 1024);
      RecordFormat.Decoded decoded =
          Objects.requireNonNull(format.decode(buffer, 0, length, 3), "intact");
      assertThat(decoded.sequence()).isEqualTo(17);
      assertThat(decoded.groupFirst()).isEqualTo(15);
      assertThat(TestRecords.same(record, decoded.entry())).isTrue();
      assertThat(format.decode(buffer, 0, length, 4)).as("of another segment").isNull();
    }
  }

  @Test
  void everyFlippedBitOfARecordIsFound() {
    RecordFormat format = new RecordFormat();
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    format.encode(buffer, 3, 17, 15, TestRecords.record(random, 64));
    int length = RecordFormat.lengthAt(buffer.flip(), 0, 1024);
    for (int bit = 0; bit < length * 8; bit++) {
      ByteBuffer changed = ByteBuffer.allocate(1024).put(buffer.duplicate()).flip();
      changed.put(bit / 8, (byte) (changed.get(bit / 8) ^ (1 << (bit % 8))));
      int changedLength = RecordFormat.lengthAt(changed, 0, changed.limit());
      boolean found =
          changedLength < 0
              || changedLength > changed.limit()
              || format.decode(changed, 0, changedLength, 3) == null;
      assertThat(found).as("bit %d", bit).isTrue();
    }
  }

  @Test
  void aDamagedRecordInTheMiddleIsNamedAndThoseAfterItAreServed() throws IOException {
    JournalCore core = open();
    for (int i = 0; i < 3; i++) {
      append(core, 2);
    }
    Segment segment = segmentOf(core);
    disk.file(segment.file()).flipBit(SegmentHeader.BYTES + RecordFormat.PAGE_BYTES + 40);
    JournalCore again = open();
    assertThat(again.recovery().damaged())
        .singleElement()
        .satisfies(
            damaged -> {
              assertThat(damaged.segment()).isEqualTo(segment.name());
              assertThat(damaged.firstPosition()).isEqualTo(3);
              assertThat(damaged.lastPosition()).isEqualTo(3);
            });
    JournalBatch batch = new JournalReader(again, 1).read(100, 1 << 20);
    assertThat(batch.entries())
        .extracting(JournalEntry::position)
        .containsExactly(1L, 2L, 4L, 5L, 6L);
    assertThat(batch.damaged()).isEqualTo(again.recovery().damaged());
  }

  @Test
  void aTornLastGroupIsCutAndReported() throws IOException {
    JournalCore core = open();
    append(core, 2);
    append(core, 3);
    Segment segment = segmentOf(core);
    disk.file(segment.file()).flipBit(SegmentHeader.BYTES + RecordFormat.PAGE_BYTES + 40);
    Recovery recovery = open().recovery();
    assertThat(recovery.last()).isEqualTo(2);
    assertThat(recovery.recordsCut()).isEqualTo(2);
    assertThat(recovery.bytesCut()).isPositive();
    assertThat(recovery.damaged()).isEmpty();
  }

  @Test
  void theTotalBoundRefusesUntilTheDrainReleases() throws IOException {
    JournalCore core = open();
    Appended outcome = append(core, 1);
    while (outcome instanceof Appended.Durable) {
      outcome = append(core, 4);
      assertThat(core.segments().bytes()).isLessThanOrEqualTo(settings.totalBytesMax());
    }
    assertThat(outcome).isEqualTo(new Appended.Full(Appended.Bound.TOTAL_BYTES));
    long last = core.durable();
    core.release(last);
    assertThat(append(core, 1)).isEqualTo(new Appended.Durable(last + 1));
  }

  @Test
  void aFullDiskRefusesAndHealsByItself() throws IOException {
    JournalCore core = open();
    disk.capacityBytes(disk.usedBytes());
    Appended outcome = append(core, 1);
    while (outcome instanceof Appended.Durable) {
      outcome = append(core, 4);
    }
    assertThat(outcome).isInstanceOf(Appended.DiskFull.class);
    assertThat(core.healthy()).isFalse();
    disk.capacityBytes(Long.MAX_VALUE);
    assertThat(append(core, 1)).as("before it tries again").isInstanceOf(Appended.DiskFull.class);
    nanos += settings.retryAfter().toNanos();
    assertThat(append(core, 1)).isInstanceOf(Appended.Durable.class);
    assertThat(core.healthy()).isTrue();
  }

  @Test
  void positionsGoOnAfterAllIsReleased() throws IOException {
    JournalCore core = open();
    append(core, 3);
    core.release(3);
    assertThat(append(open(), 1)).isEqualTo(new Appended.Durable(4));
    assertThat(open().recovery().waiting()).isEqualTo(1);
  }

  @Test
  void whatIsNotDurableCannotBeReleased() throws IOException {
    JournalCore core = open();
    assertThatThrownBy(() -> core.release(1)).isInstanceOf(IllegalArgumentException.class);
  }

  private Appended append(JournalCore core, int records) {
    ArrayDeque<Pending> queue = new ArrayDeque<>();
    for (int i = 0; i < records; i++) {
      queue.add(TestRecords.record(random, 300));
    }
    return core.writeGroup(queue, new ArrayList<>());
  }

  private static Segment segmentOf(JournalCore core) {
    return Objects.requireNonNull(core.segments().containing(1), "a segment").segment();
  }

  private JournalCore open() throws IOException {
    return JournalCore.open(disk, settings, Mechanics.STANDARD, () -> nanos);
  }
}
