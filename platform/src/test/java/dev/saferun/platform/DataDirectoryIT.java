package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryIT {

  @TempDir Path temporary;

  @Test
  void isHeldByOneAtATime() {
    Path path = temporary.resolve("data");
    try (DataDirectory held = DataDirectory.open(path)) {
      assertThatThrownBy(() -> DataDirectory.open(held.path()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another SafeRun process uses the data directory");
    }
    DataDirectory.open(path).close();
  }

  @Test
  void aKeyringIsMadeOnceAndItsKeysDifferByPurpose() {
    byte[] first;
    try (DataDirectory directory = DataDirectory.open(temporary)) {
      first = SecretKeyring.open(directory).derive("a/b/v1");
      assertThat(SecretKeyring.open(directory).derive("a/c/v1")).isNotEqualTo(first);
    }
    try (DataDirectory directory = DataDirectory.open(temporary)) {
      assertThat(SecretKeyring.open(directory).derive("a/b/v1")).isEqualTo(first).hasSize(32);
    }
  }

  /** Computed apart, by Python's hmac, as RFC 5869 says for no salt and one block. */
  @Test
  void derivesByHkdf() {
    byte[] key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    assertThat(HexFormat.of().formatHex(SecretKeyring.of(key).derive("auth/key-hash/v1")))
        .isEqualTo("98434eeed5e32cccfe8a29d2fdc8e336f9ed59284dbfdd3c925de6d4648266d2");
  }

  @Test
  void aSecretThatOthersCanReadIsRefused() throws Exception {
    try (DataDirectory directory = DataDirectory.open(temporary)) {
      SecretKeyring.open(directory);
      Path keyring = temporary.resolve("keyring");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyring)))
          .isEqualTo("rw-------");
      Files.setPosixFilePermissions(keyring, PosixFilePermissions.fromString("rw-r-----"));
      assertThatThrownBy(() -> SecretKeyring.open(directory))
          .hasMessageContaining("can be read by others");
    }
  }
}
