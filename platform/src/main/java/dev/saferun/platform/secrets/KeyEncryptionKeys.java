package dev.saferun.platform.secrets;

import dev.saferun.platform.BrokenSealException;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.Envelope;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import java.util.List;
import java.util.UUID;

/**
 * Key-encryption keys that this process has itself, oldest first: version 1 is the first.
 *
 * @param keeper the name of the keeper that they are of
 */
record KeyEncryptionKeys(String keeper, List<DataKey> versions) {

  KeyEncryptionKeys {
    versions = List.copyOf(versions);
  }

  int newest() {
    return versions.size();
  }

  WrappedKey wrap(byte[] plain, byte[] context) {
    return new WrappedKey(
        keeper, newest(), Envelope.seal(versions.getLast(), plain, bound(newest(), context)));
  }

  byte[] unwrap(WrappedKey wrapped, byte[] context) {
    int version = wrapped.version();
    if (version < 1 || version > newest()) {
      throw new BrokenSealException(BrokenSealException.Reason.OTHER_KEY);
    }
    return Envelope.open(versions.get(version - 1), wrapped.bytes(), bound(version, context));
  }

  /** The version is what it was wrapped with, so that a row cannot name another. */
  private static byte[] bound(int version, byte[] context) {
    return java.nio.ByteBuffer.allocate(Integer.BYTES + context.length)
        .putInt(version)
        .put(context)
        .array();
  }

  static DataKey key(UUID id, byte[] bytes) {
    return new DataKey(id, new WipeableKey(bytes));
  }
}
