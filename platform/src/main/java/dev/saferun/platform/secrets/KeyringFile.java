package dev.saferun.platform.secrets;

import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.Envelope;
import dev.saferun.platform.Ids;
import dev.saferun.platform.SecretKeyring;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The file {@code key-encryption-keys} of the data directory: every version of the key-encryption
 * key, sealed by a key derived from the keyring, so that one of the two files alone is of no use.
 *
 * <p>Inside the seal stand a number of 4 bytes and then, for each version, its id (16 bytes) and
 * key (32 bytes).
 */
final class KeyringFile {

  /** More than anybody rotates; a file beyond it was not written by this class. */
  static final int VERSIONS_MAX = 10_000;

  private static final String NAME = "key-encryption-keys";
  private static final UUID SEALING_KEY = new UUID(0, 1);
  private static final byte[] WHAT = "key-encryption-keys/v1".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 32;
  private static final int ENTRY_BYTES = 16 + KEY_BYTES;

  private final DataDirectory directory;
  private final InstantSource clock;
  private final DataKey sealing;

  KeyringFile(DataDirectory directory, SecretKeyring keyring, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
    this.sealing =
        KeyEncryptionKeys.key(SEALING_KEY, keyring.derive("platform/key-encryption-keys/v1"));
  }

  static boolean isIn(DataDirectory directory) {
    return Files.exists(directory.path().resolve(NAME), LinkOption.NOFOLLOW_LINKS);
  }

  /** The versions in the file; the first call makes the file with one. */
  List<DataKey> read() {
    return decode(
        Envelope.open(sealing, directory.secret(NAME, () -> encode(List.of(fresh()))), WHAT));
  }

  /** Adds a version; it is in the file when this returns. */
  List<DataKey> add() {
    List<DataKey> versions = new ArrayList<>(read());
    if (versions.size() >= VERSIONS_MAX) {
      throw new IllegalStateException("the keyring holds as many versions as it may");
    }
    versions.add(fresh());
    directory.replaceSecret(NAME, encode(versions));
    return versions;
  }

  private DataKey fresh() {
    return KeyEncryptionKeys.key(Ids.next(clock.millis()), Ids.secret(KEY_BYTES));
  }

  private byte[] encode(List<DataKey> versions) {
    ByteBuffer plain = ByteBuffer.allocate(Integer.BYTES + versions.size() * ENTRY_BYTES);
    plain.putInt(versions.size());
    for (DataKey version : versions) {
      plain.putLong(version.id().getMostSignificantBits());
      plain.putLong(version.id().getLeastSignificantBits());
      byte[] key = version.key().getEncoded();
      plain.put(key);
      Arrays.fill(key, (byte) 0);
    }
    byte[] sealed = Envelope.seal(sealing, plain.array(), WHAT);
    Arrays.fill(plain.array(), (byte) 0);
    return sealed;
  }

  private static List<DataKey> decode(byte[] plain) {
    ByteBuffer in = ByteBuffer.wrap(plain);
    int count = in.getInt();
    if (count < 1 || count > VERSIONS_MAX || in.remaining() != count * ENTRY_BYTES) {
      throw new IllegalStateException("the file " + NAME + " is none of this version");
    }
    List<DataKey> versions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      UUID id = new UUID(in.getLong(), in.getLong());
      byte[] key = new byte[KEY_BYTES];
      in.get(key);
      versions.add(KeyEncryptionKeys.key(id, key));
    }
    Arrays.fill(plain, (byte) 0);
    return versions;
  }
}
