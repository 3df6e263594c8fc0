package dev.saferun.platform.secrets;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Secret;
import dev.saferun.platform.SecretsConfiguration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys and credentials from environment variables, for development. Version N of the key-encryption
 * key is {@code SAFERUN_KEY_ENCRYPTION_KEY_N}, 32 bytes in Base64; the field {@code token} of
 * {@code siem/splunk} is {@code SAFERUN_CREDENTIAL_SIEM_SPLUNK_TOKEN}.
 */
final class EnvironmentKeeper implements BlockingKeeper {

  /** Reads one variable; null where it is not set. */
  interface Variables {
    @Nullable String get(String name);
  }

  private static final Logger LOG = LoggerFactory.getLogger(EnvironmentKeeper.class);
  private static final String KEY = "SAFERUN_KEY_ENCRYPTION_KEY_";
  private static final String CREDENTIAL = "SAFERUN_CREDENTIAL_";
  private static final int KEY_BYTES = 32;

  private final Variables variables;
  private final KeyEncryptionKeys keys;

  EnvironmentKeeper(Variables variables) {
    this.variables = variables;
    this.keys = new KeyEncryptionKeys(name(), read(variables));
    LOG.warn(
        "SECRETS COME FROM ENVIRONMENT VARIABLES: every process of this user and every crash dump"
            + " can read them. For development only; set saferun.secrets.keeper to vault or"
            + " keyring");
  }

  private static List<DataKey> read(Variables variables) {
    List<DataKey> versions = new ArrayList<>();
    while (true) {
      int version = versions.size() + 1;
      String text = variables.get(KEY + version);
      if (text == null) {
        break;
      }
      versions.add(KeyEncryptionKeys.key(new UUID(0, version), bytes(version, text)));
    }
    if (versions.isEmpty()) {
      throw new IllegalArgumentException(
          "saferun.secrets.keeper is environment, so "
              + KEY
              + "1 must hold 32 random bytes in Base64");
    }
    return versions;
  }

  private static byte[] bytes(int version, String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException notBase64) {
      bytes = new byte[0];
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(KEY + version + " must hold 32 bytes in Base64");
    }
    return bytes;
  }

  @Override
  public String name() {
    return SecretsConfiguration.ENVIRONMENT;
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

  @Override
  public int rotate() {
    throw new ProblemException(
        CommonProblem.CONFLICT,
        "the keys come from environment variables: set "
            + KEY
            + (keys.newest() + 1)
            + " and start again; the data keys are then wrapped anew");
  }

  @Override
  public Optional<Secret> credential(CredentialName name) {
    String variable = CREDENTIAL + asVariable(name.path()) + "_" + asVariable(name.field());
    return Optional.ofNullable(variables.get(variable)).map(Secret::of);
  }

  private static String asVariable(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
