package dev.saferun.platform.secrets;

import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.Secret;
import java.util.Optional;

/**
 * A keeper as it is written: each call waits for its answer, or fails with a {@link KeeperFault} or
 * a {@link dev.saferun.platform.BrokenSealException}. Called by {@link WatchedKeeper} only.
 */
interface BlockingKeeper extends AutoCloseable {

  String name();

  WrappedKey wrap(byte[] plain, byte[] context);

  byte[] unwrap(WrappedKey wrapped, byte[] context);

  int newestVersion();

  int rotate();

  Optional<Secret> credential(CredentialName name);

  /** Called once a second, for what has to be done before its time is over. */
  default void tend() {}

  @Override
  default void close() {}
}
