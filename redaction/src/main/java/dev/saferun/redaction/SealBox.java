package dev.saferun.redaction;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.Envelope;
import dev.saferun.platform.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The originals of one document, each closed by itself with a key that only this document has:
 * {@code format, then count, then of each its path, its token and its ciphertext}.
 */
final class SealBox {

  private static final byte FORMAT = 1;

  private final Subject subject;
  private final List<Entry> entries = new ArrayList<>();

  /** An original: where its token stands, and the token, which may be a part of a longer text. */
  record Entry(String path, String token, @Nullable Object original) {}

  SealBox(Subject subject) {
    this.subject = subject;
  }

  void add(String path, String token, @Nullable Object original) {
    entries.add(new Entry(path, token, original));
  }

  int count() {
    return entries.size();
  }

  /** Closes what was added. */
  Sealed close(DataKey dataKey) {
    DataKey key = DataKey.random(subject.recordId());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeInt(entries.size());
      for (Entry entry : entries) {
        write(out, CanonicalJson.write(entry.path));
        write(out, CanonicalJson.write(entry.token));
        write(
            out,
            Envelope.seal(
                key,
                CanonicalJson.write(entry.original),
                Subject.bound(subject.organizationId(), subject.recordId(), entry.path)));
      }
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
    byte[] wrapped = Envelope.seal(dataKey, key.key().getEncoded(), subject.bound());
    return new Sealed(dataKey.id(), wrapped, bytes.toByteArray());
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Opens a box again.
   *
   * @throws RuntimeException where it, its key or what it is bound to is another
   */
  static List<Entry> open(Sealed sealed, DataKey dataKey, UUID organizationId, UUID recordId) {
    byte[] secret =
        Envelope.open(dataKey, sealed.wrappedKey(), Subject.bound(organizationId, recordId, ""));
    DataKey key = new DataKey(recordId, new SecretKeySpec(secret, "AES"));
    List<Entry> entries = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(sealed.box()))) {
      if (in.readByte() != FORMAT) {
        throw new IllegalArgumentException("what is sealed has a format that is not known here");
      }
      for (int left = in.readInt(); left > 0; left--) {
        String path = text(in);
        String token = text(in);
        byte[] original =
            Envelope.open(key, read(in), Subject.bound(organizationId, recordId, path));
        entries.add(new Entry(path, token, StrictJson.parse(original, Originals.DEPTH_MAX)));
      }
    } catch (IOException cut) {
      throw new IllegalArgumentException("what is sealed ends early", cut);
    }
    return entries;
  }

  private static String text(DataInputStream in) throws IOException {
    return String.valueOf(StrictJson.parse(read(in), 1));
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a length that cannot be");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
