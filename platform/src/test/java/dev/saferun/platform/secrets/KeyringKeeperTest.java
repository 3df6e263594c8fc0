package dev.saferun.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.BrokenSealException;
import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.Ids;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.SecretKeyring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringKeeperTest extends KeeperContract {

  @TempDir private Path temporary;
  private DataDirectory directory;
  private KeyringKeeper keeper;

  @BeforeEach
  void open() throws Exception {
    directory = DataDirectory.open(temporary);
    keeper = again();
    Path token = temporary.resolve("credentials/siem/splunk/token");
    Files.createDirectories(token.getParent());
    Files.writeString(token, CREDENTIAL + "\n");
    mode(token, "rw-------");
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Override
  BlockingKeeper keeper() {
    return keeper;
  }

  private KeyringKeeper again() {
    SecretKeyring keyring = SecretKeyring.open(directory);
    return new KeyringKeeper(new KeyringFile(directory, keyring, Clock.systemUTC()), directory);
  }

  @Test
  void rotates() {
    assertRotates(keeper);
  }

  @Test
  void everyVersionIsThereAfterARestart() {
    byte[] key = Ids.secret(32);
    WrappedKey first = keeper.wrap(key, CONTEXT);
    keeper.rotate();
    WrappedKey second = keeper.wrap(key, CONTEXT);
    KeyringKeeper restarted = again();
    assertThat(restarted.newestVersion()).isEqualTo(2);
    assertThat(restarted.unwrap(first, CONTEXT)).isEqualTo(key);
    assertThat(restarted.unwrap(second, CONTEXT)).isEqualTo(key);
  }

  @Test
  void whatAKillLeftHalfWrittenHarmsNothing() throws Exception {
    WrappedKey wrapped = keeper.wrap(Ids.secret(32), CONTEXT);
    Files.write(temporary.resolve("key-encryption-keys.part"), new byte[] {1, 2, 3});
    assertThat(again().unwrap(wrapped, CONTEXT)).hasSize(32);
    assertThat(keeper.rotate()).isEqualTo(2);
    assertThat(again().newestVersion()).isEqualTo(2);
  }

  @Test
  void theFileIsForItsOwnerAndAltersNotUnnoticed() throws Exception {
    Path file = temporary.resolve("key-encryption-keys");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    mode(file, "rw-r-----");
    assertThatThrownBy(this::again).hasMessageContaining("can be read by others");
    mode(file, "rw-------");

    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] altered = good.clone();
      altered[i] ^= 1;
      Files.write(file, altered);
      assertThatThrownBy(this::again).isInstanceOf(BrokenSealException.class);
    }
    Files.write(file, good);
    assertThat(again().newestVersion()).isEqualTo(1);

    Path elsewhere = Files.move(file, temporary.resolve("elsewhere"));
    Files.createSymbolicLink(file, elsewhere);
    assertThatThrownBy(this::again).hasMessageContaining("must be a plain file");
  }

  @Test
  void withoutTheKeyringTheFileIsOfNoUse() throws Exception {
    Files.delete(temporary.resolve("keyring"));
    assertThatThrownBy(this::again).isInstanceOf(BrokenSealException.class);
  }

  @Test
  void aCredentialThatOthersCanReadIsRefused() throws Exception {
    Path token = temporary.resolve("credentials/siem/splunk/token");
    CredentialName name = new CredentialName("siem/splunk", "token");
    mode(token, "rw-r--r--");
    assertThatThrownBy(() -> keeper.credential(name)).hasMessageContaining("read by others");
    Path elsewhere = Files.move(token, temporary.resolve("elsewhere"));
    mode(elsewhere, "rw-------");
    Files.createSymbolicLink(token, elsewhere);
    assertThatThrownBy(() -> keeper.credential(name)).hasMessageContaining("plain file");
  }

  @Test
  void aNameCannotLeaveTheDirectory() {
    for (String path : new String[] {"..", "../x", "a/../../x", "/etc", "a//b", "", "a/", ".a"}) {
      assertThatThrownBy(() -> new CredentialName(path, "token"))
          .as(path)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new CredentialName("a", "b/c"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void mode(Path file, String mode) throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
