package dev.saferun.replay.journal;

import dev.saferun.redaction.Sealed;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a record, as the package's page lists them. The checksum is seeded with the
 * segment's number and the length, so that what a reused file held before can never pass for a
 * record. One instance serves one thread. Not final, so that a simulation can plant a fault.
 */
class RecordFormat {

  static final int MAGIC = 0x53524A31;
  static final int HEADER_BYTES = 136;
  static final int IDEMPOTENCY_BYTES = 2 * Idempotency.HASH_BYTES;
  static final int HEADER_BYTES_MAX = HEADER_BYTES + IDEMPOTENCY_BYTES;
  static final int ALIGNMENT = 8;

  /**
   * Groups begin on a page of their own: a write that tears a page, or a sync that fails, can then
   * never touch a record that was acknowledged before.
   */
  static final int PAGE_BYTES = 4096;

  private static final int CHECKSUM_AT = 8;
  private static final int CHECKED_FROM = 12;
  private static final byte FORMAT = 1;
  private static final byte HAS_IDEMPOTENCY = 1;
  private static final byte HAS_SEALED = 2;
  private static final int SEALED_HEADER_BYTES = 16 + 4 + 4;
  private static final int SHA256_BYTES = 32;

  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer seed = ByteBuffer.allocate(12);

  /** A record that was found intact. */
  record Decoded(long sequence, long groupFirst, int paddedBytes, JournalEntry entry) {}

  /** Bytes on disk, up to the next record's first byte. */
  static int paddedBytes(RecordHeader recordHeader, int contentBytes) {
    int header = recordHeader.idempotency() == null ? HEADER_BYTES : HEADER_BYTES_MAX;
    return padded(header + contentBytes);
  }

  /** Bytes that the originals take which were sealed of a record. */
  static int sealedBytes(@Nullable Sealed sealed) {
    return sealed == null
        ? 0
        : SEALED_HEADER_BYTES + sealed.wrappedKey().length + sealed.box().length;
  }

  /** The first page boundary at or after the offset. */
  static long pageAfter(long offset) {
    return (offset + PAGE_BYTES - 1) & -PAGE_BYTES;
  }

  private static int padded(int bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** Appends the record to the buffer: the one copy that is made of the body. */
  void encode(ByteBuffer target, long segment, long sequence, long groupFirst, Pending record) {
    int start = target.position();
    putHeader(target, sequence, groupFirst, record);
    putSealed(target, record.sealed());
    target.put(record.body());
    int length = target.position() - start;
    target.putInt(start + 4, length);
    target.putInt(start + CHECKSUM_AT, checksum(target, start, length, segment));
    while (target.position() - start < padded(length)) {
      target.put((byte) 0);
    }
  }

  private static void putHeader(ByteBuffer target, long sequence, long groupFirst, Pending record) {
    RecordHeader header = record.header();
    Idempotency idempotency = header.idempotency();
    target.putInt(MAGIC).putInt(0).putInt(0);
    target.put(FORMAT).put(header.kind().code());
    int flags =
        (idempotency == null ? 0 : HAS_IDEMPOTENCY) | (record.sealed() == null ? 0 : HAS_SEALED);
    target.put((byte) flags).put((byte) 0);
    target.putLong(sequence).putLong(groupFirst).putLong(header.receivedMicros());
    putId(target, header.organization());
    putId(target, header.project());
    putId(target, header.environment());
    putId(target, header.recordId());
    target.put(record.bodySha256(), 0, SHA256_BYTES);
    if (idempotency != null) {
      target.put(idempotency.keyHash()).put(idempotency.bodySha256());
    }
  }

  private static void putSealed(ByteBuffer target, @Nullable Sealed sealed) {
    if (sealed != null) {
      putId(target, sealed.keyId());
      target.putInt(sealed.wrappedKey().length).putInt(sealed.box().length);
      target.put(sealed.wrappedKey()).put(sealed.box());
    }
  }

  private static Sealed sealed(ByteBuffer source) {
    UUID keyId = id(source);
    int wrappedBytes = source.getInt();
    int boxBytes = source.getInt();
    return new Sealed(keyId, bytes(source, wrappedBytes), bytes(source, boxBytes));
  }

  private static void putId(ByteBuffer target, UUID id) {
    target.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  /** The length that stands at the place, or -1 where no record can begin. */
  static int lengthAt(ByteBuffer source, int start, int lengthMax) {
    if (source.limit() - start < HEADER_BYTES || source.getInt(start) != MAGIC) {
      return -1;
    }
    int length = source.getInt(start + 4);
    return length < HEADER_BYTES || length > lengthMax ? -1 : length;
  }

  /** Reads the record of this length; null when it is not intact. */
  @Nullable Decoded decode(ByteBuffer source, int start, int length, long segment) {
    if (!intact(source, start, length, segment) || source.get(start + 12) != FORMAT) {
      return null;
    }
    ByteBuffer at = source.duplicate().position(start + CHECKED_FROM + 1);
    RecordKind kind = RecordKind.of(at.get());
    int flags = at.get();
    at.get();
    long sequence = at.getLong();
    long groupFirst = at.getLong();
    long receivedMicros = at.getLong();
    UUID organization = id(at);
    UUID project = id(at);
    UUID environment = id(at);
    UUID recordId = id(at);
    byte[] sha256 = bytes(at, SHA256_BYTES);
    Idempotency idempotency =
        (flags & HAS_IDEMPOTENCY) == 0 ? null : new Idempotency(hash(at), hash(at));
    Sealed sealed = (flags & HAS_SEALED) == 0 ? null : sealed(at);
    byte[] body = bytes(at, length - (at.position() - start));
    RecordHeader header =
        new RecordHeader(
            kind, organization, project, environment, recordId, receivedMicros, idempotency);
    return new Decoded(
        sequence,
        groupFirst,
        padded(length),
        new JournalEntry(sequence, header, body, sha256, sealed));
  }

  /** Whether the bytes are those that were written. */
  boolean intact(ByteBuffer source, int start, int length, long segment) {
    return source.getInt(start + CHECKSUM_AT) == checksum(source, start, length, segment);
  }

  private int checksum(ByteBuffer buffer, int start, int length, long segment) {
    checksum.reset();
    checksum.update(seed.clear().putLong(segment).putInt(length).flip());
    ByteBuffer checked = buffer.duplicate();
    checksum.update(checked.limit(start + length).position(start + CHECKED_FROM));
    return (int) checksum.getValue();
  }

  private static UUID id(ByteBuffer source) {
    return new UUID(source.getLong(), source.getLong());
  }

  private static byte[] hash(ByteBuffer source) {
    return bytes(source, Idempotency.HASH_BYTES);
  }

  private static byte[] bytes(ByteBuffer source, int count) {
    byte[] bytes = new byte[count];
    source.get(bytes);
    return bytes;
  }
}
