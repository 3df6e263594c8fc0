package dev.saferun.replay.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records and settings for tests; the bodies are below the type that only redaction can make. */
final class TestRecords {

  private TestRecords() {}

  static Pending record(Random random, int bodyBytes) {
    byte[] body = bytes(random, bodyBytes);
    Idempotency idempotency =
        random.nextBoolean() ? new Idempotency(bytes(random, 32), bytes(random, 32)) : null;
    RecordKind kind = RecordKind.of((byte) (1 + random.nextInt(4)));
    RecordHeader header =
        new RecordHeader(
            kind, id(random), id(random), id(random), id(random), random.nextLong(), idempotency);
    return new Pending(header, body, bytes(random, 32));
  }

  private static UUID id(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  static boolean same(Pending record, JournalEntry entry) {
    return sameHeader(record.header(), entry.header())
        && Arrays.equals(record.body(), entry.body())
        && Arrays.equals(record.bodySha256(), entry.bodySha256());
  }

  private static boolean sameHeader(RecordHeader one, RecordHeader other) {
    return one.kind() == other.kind()
        && one.organization().equals(other.organization())
        && one.project().equals(other.project())
        && one.environment().equals(other.environment())
        && one.recordId().equals(other.recordId())
        && one.receivedMicros() == other.receivedMicros()
        && sameIdempotency(one.idempotency(), other.idempotency());
  }

  private static boolean sameIdempotency(@Nullable Idempotency one, @Nullable Idempotency other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return Arrays.equals(one.keyHash(), other.keyHash())
        && Arrays.equals(one.bodySha256(), other.bodySha256());
  }

  static JournalSettings small(Path directory) {
    return new JournalSettings(
        directory, 32 << 10, 128 << 10, 2000, 8192, 64 << 10, Duration.ofMillis(10));
  }
}
