package dev.saferun.platform.secrets;

import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.Secret;
import dev.saferun.platform.SecretsConfiguration;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The default: keys in the data directory, credentials in files {@code credentials/PATH/FIELD}
 * below it that only their owner can read.
 */
final class KeyringKeeper implements BlockingKeeper {

  private final KeyringFile file;
  private final Path credentials;
  private volatile KeyEncryptionKeys keys;

  KeyringKeeper(KeyringFile file, DataDirectory directory) {
    this.file = file;
    this.credentials = directory.path().resolve("credentials");
    this.keys = new KeyEncryptionKeys(name(), file.read());
  }

  @Override
  public String name() {
    return SecretsConfiguration.KEYRING;
  }

  @Override
  public WrappedKey wrap(byte[] plain, byte[] context) {
    return keys.wrap(plain, context);
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, byte[] context) {
    return keys.unwrap(wrapped, context);
  }

  @Override
  public int newestVersion() {
    return keys.newest();
  }

  /** On disk first: nothing is wrapped by a version that a power failure could take away. */
  @Override
  public synchronized int rotate() {
    keys = new KeyEncryptionKeys(name(), file.add());
    return keys.newest();
  }

  @Override
  public Optional<Secret> credential(CredentialName name) {
    Path found = credentials.resolve(name.path()).resolve(name.field());
    return Files.exists(found, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Secret.ofFile(DataDirectory.readSecret(found)))
        : Optional.empty();
  }
}
