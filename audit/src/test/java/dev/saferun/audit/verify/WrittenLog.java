package dev.saferun.audit.verify;

import dev.saferun.audit.log.LogEntry;
import dev.saferun.audit.log.RecordedEvent;
import dev.saferun.audit.merkle.Frontier;
import dev.saferun.audit.note.Checkpoint;
import dev.saferun.audit.note.SigningKey;
import dev.saferun.platform.CanonicalJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A log as an appliance would write it, without an appliance. */
final class WrittenLog {

  static final UUID ORGANIZATION = UUID.fromString("01a221f3-0000-7000-8000-000000000001");
  static final Instant BEGUN = Instant.parse("2026-11-28T12:00:00Z");

  final SigningKey key;
  private final Frontier frontier = new Frontier();
  private final Random random;
  private final OutputStream out;
  private String note = "";

  WrittenLog(SigningKey key, long seed, OutputStream out) {
    this.key = key;
    this.random = new Random(seed);
    this.out = out;
    write(LogLines.header(key.verifier()));
  }

  static SigningKey newKey() {
    return SigningKey.generate("saferun/audit/" + ORGANIZATION);
  }

  /** So many entries, ten seconds apart, signed after each hundred and at the end. */
  static List<byte[]> lines(SigningKey key, long seed, int entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WrittenLog log = new WrittenLog(key, seed, bytes);
    log.grow(entries);
    log.end();
    return split(bytes.toByteArray());
  }

  void grow(int entries) {
    for (int i = 0; i < entries; i++) {
      long index = frontier.size();
      entry(
          event(
              index,
              BEGUN.plusSeconds(index * 10),
              index % 7 == 0 ? "key.created" : "rule.changed"));
      if (frontier.size() % 100 == 0) {
        sign(BEGUN.plusSeconds(index * 10 + 5));
      }
    }
  }

  void entry(RecordedEvent event) {
    byte[] salts = new byte[64];
    random.nextBytes(salts);
    LogEntry logged = LogEntry.of(event, frontier.size(), salts);
    write(LogLines.entry(logged));
    frontier.append(logged.hash());
  }

  RecordedEvent event(long index, Instant at, String code) {
    return new RecordedEvent(
        ORGANIZATION,
        new UUID((at.toEpochMilli() << 16) | 0x7000L, random.nextLong() | Long.MIN_VALUE),
        at,
        "admin",
        new UUID(7, index % 5),
        "Ada " + index % 5,
        "10.0.0." + index % 9,
        index % 3 == 0 ? null : "request-" + index,
        code,
        "success",
        "rule:" + index,
        before(index),
        Map.of("version", index, "note", "caf\u00e9 \u2192 \"q\" " + index));
  }

  private static @Nullable Map<String, @Nullable Object> before(long index) {
    return index % 2 == 0 ? null : Map.of("version", index - 1, "share", 0.5);
  }

  void sign(Instant at) {
    note = new Checkpoint(key.verifier().name(), frontier.size(), frontier.root(), at).sign(key);
    write(LogLines.checkpoint(note));
  }

  /** The checkpoint that was signed last. */
  String note() {
    return note;
  }

  /** An entry of which the export has the commitments alone. */
  void withoutDetails(RecordedEvent event) {
    LogEntry logged = LogEntry.of(event, frontier.size(), new byte[64]);
    write(LogLines.entry(new LogEntry(logged.entry(), Map.of())));
    frontier.append(logged.hash());
  }

  void end() {
    if (frontier.size() % 100 != 0) {
      sign(BEGUN.plusSeconds(Math.max(frontier.size() * 10, 3600)));
    }
    end(frontier.size());
  }

  void end(long size) {
    write(LogLines.end(size));
  }

  private void write(Map<String, @Nullable Object> line) {
    try {
      out.write(CanonicalJson.write(line));
      out.write('\n');
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  static List<byte[]> split(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    return lines;
  }

  static byte[] join(List<byte[]> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    lines.forEach(
        line -> {
          bytes.writeBytes(line);
          bytes.write('\n');
        });
    return bytes.toByteArray();
  }
}
