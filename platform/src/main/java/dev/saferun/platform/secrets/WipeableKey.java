package dev.saferun.platform.secrets;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * An AES key that can be overwritten. A cipher copies it when it is initialized; that copy is the
 * Java runtime's and leaves with the garbage.
 */
final class WipeableKey implements SecretKey {

  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;
  private transient boolean destroyed;

  /** Takes the array as its own. */
  WipeableKey(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  /** Whole or not at all: half a key must never encrypt anything. */
  @Override
  public synchronized byte[] getEncoded() {
    if (destroyed) {
      throw new IllegalStateException("the key left the memory; ask for it again");
    }
    return bytes.clone();
  }

  @Override
  public synchronized void destroy() {
    destroyed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
