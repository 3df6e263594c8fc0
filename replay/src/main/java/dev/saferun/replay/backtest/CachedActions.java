package dev.saferun.replay.backtest;

import dev.saferun.replay.backtest.ActionReads.Page;
import dev.saferun.replay.backtest.ActionReads.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * One environment's file of the cache: pages of actions one after the other, each with its length,
 * its checksum and the place of its last row. What follows the last whole page is cut off when the
 * file is opened. Belongs to one thread.
 */
final class CachedActions implements Closeable {

  /** Body bytes, checksum, actions, then the last row's time and id. */
  private static final int HEADER_BYTES = 4 + 4 + 4 + 8 + 16;

  /** An action's time, id and evidence length, before its evidence. */
  private static final int ACTION_BYTES = 8 + 16 + 4;

  private static final int BODY_BYTES_MAX = 1 << 30;

  private final FileChannel file;
  private final long bytesMax;
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
  private long readAt;
  private long end;
  private Place last = Place.BEGINNING;

  private record Header(int bodyBytes, int checksum, int count, Place last) {}

  private CachedActions(FileChannel file, long bytesMax) {
    this.file = file;
    this.bytesMax = bytesMax;
  }

  static CachedActions open(Path path, long bytesMax) throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    CachedActions cached = new CachedActions(file, bytesMax);
    cached.findEnd();
    return cached;
  }

  private void findEnd() throws IOException {
    Optional<Header> header = header(end);
    while (header.isPresent()) {
      end += HEADER_BYTES + header.get().bodyBytes();
      last = header.get().last();
      header = header(end);
    }
  }

  private Optional<Header> header(long at) throws IOException {
    if (at + HEADER_BYTES > file.size()) {
      return Optional.empty();
    }
    ByteBuffer bytes = read(at, HEADER_BYTES);
    int bodyBytes = bytes.getInt();
    Header header =
        new Header(
            bodyBytes,
            bytes.getInt(),
            bytes.getInt(),
            new Place(time(bytes.getLong()), new UUID(bytes.getLong(), bytes.getLong())));
    boolean whole =
        bodyBytes > 0
            && bodyBytes <= BODY_BYTES_MAX
            && at + HEADER_BYTES + bodyBytes <= file.size();
    return whole ? Optional.of(header) : Optional.empty();
  }

  private static OffsetDateTime time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private ByteBuffer read(long at, int count) throws IOException {
    if (count > buffer.capacity()) {
      buffer = ByteBuffer.allocate(count);
    }
    ByteBuffer bytes = buffer.clear().limit(count);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("the cache ends too early");
      }
    }
    return bytes.flip();
  }

  /** The place that the cache ends with; what comes after it is only in the database. */
  Place last() {
    return last;
  }

  /**
   * The next page that has anything since {@code from}; empty at the end. A page whose checksum
   * does not fit ends the file: what it held is read from the database again.
   */
  Optional<Page> next(Instant from) throws IOException {
    while (readAt < end) {
      Header header = header(readAt).orElseThrow(() -> new IOException("the cache has shrunk"));
      long body = readAt + HEADER_BYTES;
      readAt = body + header.bodyBytes();
      if (header.last().receivedAt().toInstant().isBefore(from)) {
        continue;
      }
      ByteBuffer bytes = read(body, header.bodyBytes());
      if (checksum(bytes) != header.checksum()) {
        throw new IOException("a page of the cache is damaged");
      }
      return Optional.of(new Page(actions(bytes, header.count()), header.last()));
    }
    return Optional.empty();
  }

  private static List<KeptAction> actions(ByteBuffer bytes, int count) {
    List<KeptAction> actions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long micros = bytes.getLong();
      UUID id = new UUID(bytes.getLong(), bytes.getLong());
      byte[] evidence = new byte[bytes.getInt()];
      bytes.get(evidence);
      actions.add(new KeptAction(id, micros, evidence));
    }
    return actions;
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    return (int) checksum.getValue();
  }

  /** Adds the page that follows the last one, where there is room for it. */
  void append(Page page) throws IOException {
    int bodyBytes =
        page.actions().stream().mapToInt(one -> ACTION_BYTES + one.evidence().length).sum();
    if (page.actions().isEmpty() || end + HEADER_BYTES + bodyBytes > bytesMax) {
      return;
    }
    ByteBuffer body = ByteBuffer.allocate(bodyBytes);
    for (KeptAction action : page.actions()) {
      body.putLong(action.receivedMicros());
      put(body, action.decisionId());
      body.putInt(action.evidence().length).put(action.evidence());
    }
    body.flip();
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putInt(bodyBytes).putInt(checksum(body)).putInt(page.actions().size());
    header.putLong(page.actions().getLast().receivedMicros());
    put(header, page.last().recordId());
    write(body, end + HEADER_BYTES);
    // The header comes last: a page is there when its header is.
    write(header.flip(), end);
    end += HEADER_BYTES + bodyBytes;
    last = page.last();
    readAt = end;
  }

  private static void put(ByteBuffer bytes, UUID id) {
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private void write(ByteBuffer bytes, long at) throws IOException {
    long place = at;
    while (bytes.hasRemaining()) {
      place += file.write(bytes, place);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
