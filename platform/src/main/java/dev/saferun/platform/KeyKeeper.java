package dev.saferun.platform;

import java.util.concurrent.CompletionStage;

/**
 * Keeps the key-encryption key, the one that every {@link DataKey} is wrapped by and that is in no
 * database. It has versions: the newest wraps, each of them unwraps. A stage fails with {@link
 * CommonProblem#SECRETS_UNAVAILABLE} where the keeper cannot be asked; nothing here blocks.
 */
public interface KeyKeeper {

  /**
   * A key as it may be stored.
   *
   * @param keeper the {@link KeyKeeper#name} of the keeper that wrapped it
   * @param version of the key-encryption key that it is wrapped by
   */
  record WrappedKey(String keeper, int version, byte[] bytes) {

    /** Without the bytes. */
    @Override
    public String toString() {
      return "WrappedKey[keeper=" + keeper + ", version=" + version + "]";
    }
  }

  /** What kind of keeper it is, as the configuration names it. */
  String name();

  /**
   * @param context what the key is for; only with the same context is it unwrapped
   */
  CompletionStage<WrappedKey> wrap(byte[] plain, byte[] context);

  /** Fails with {@link BrokenSealException} where key or context are not what was wrapped. */
  CompletionStage<byte[]> unwrap(WrappedKey wrapped, byte[] context);

  /** The version that wraps now. */
  CompletionStage<Integer> newestVersion();

  /**
   * Makes a new version, which wraps from now on, and completes with it. Older ones go on
   * unwrapping. Fails with {@link CommonProblem#CONFLICT} where this keeper's key is made
   * elsewhere.
   */
  CompletionStage<Integer> rotate();
}
