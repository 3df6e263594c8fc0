package dev.saferun.replay.journal;

import dev.saferun.redaction.Sealed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records and settings for tests; the bodies are below the type that only redaction can make. */
final class TestRecords {

  private static final int SEALED_BYTES = 200;

  private TestRecords() {}

  /**
   * @param contentBytes of the body and of what was sealed of it
   */
  static Pending record(Random random, int contentBytes) {
    Idempotency idempotency =
        random.nextBoolean() ? new Idempotency(bytes(random, 32), bytes(random, 32)) : null;
    RecordKind kind = RecordKind.of((byte) (1 + random.nextInt(4)));
    RecordHeader header =
        new RecordHeader(
            kind, id(random), id(random), id(random), id(random), random.nextLong(), idempotency);
    Sealed sealed =
        contentBytes > SEALED_BYTES && random.nextBoolean()
            ? new Sealed(id(random), bytes(random, 60), bytes(random, random.nextInt(100)))
            : null;
    byte[] body = bytes(random, contentBytes - RecordFormat.sealedBytes(sealed));
    return new Pending(header, body, bytes(random, 32), sealed);
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
        && Arrays.equals(record.bodySha256(), entry.bodySha256())
        && sameSealed(record.sealed(), entry.sealed());
  }

  private static boolean sameSealed(@Nullable Sealed one, @Nullable Sealed other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.keyId().equals(other.keyId())
        && Arrays.equals(one.wrappedKey(), other.wrappedKey())
        && Arrays.equals(one.box(), other.box());
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
