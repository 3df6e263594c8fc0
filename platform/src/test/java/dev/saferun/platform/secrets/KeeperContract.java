package dev.saferun.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.BrokenSealException;
import dev.saferun.platform.Ids;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every keeper must do with a key, whoever it is. */
abstract class KeeperContract {

  static final byte[] CONTEXT = DataKeyRow.context(new UUID(0, 1), new UUID(0, 2));
  static final String CREDENTIAL = "canary-of-a-credential";

  private final byte[] key = Ids.secret(32);

  abstract BlockingKeeper keeper();

  /** How many of the wrapped bytes are altered, one bit each: all of them where that is quick. */
  int alterEvery() {
    return 1;
  }

  @Test
  void whatIsWrappedUnwraps() {
    WrappedKey wrapped = keeper().wrap(key, CONTEXT);
    assertThat(wrapped.keeper()).isEqualTo(keeper().name());
    assertThat(wrapped.version()).isEqualTo(keeper().newestVersion());
    assertThat(new String(wrapped.bytes(), StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(key, StandardCharsets.ISO_8859_1));
    assertThat(keeper().unwrap(wrapped, CONTEXT)).isEqualTo(key);
    assertThat(keeper().wrap(key, CONTEXT).bytes()).isNotEqualTo(wrapped.bytes());
  }

  @Test
  void anotherOrganizationsContextIsRefused() {
    WrappedKey wrapped = keeper().wrap(key, CONTEXT);
    for (byte[] other :
        new byte[][] {
          DataKeyRow.context(new UUID(0, 3), new UUID(0, 2)),
          DataKeyRow.context(new UUID(0, 1), new UUID(0, 3)),
          "another".getBytes(StandardCharsets.US_ASCII)
        }) {
      assertThatThrownBy(() -> keeper().unwrap(wrapped, other))
          .isInstanceOf(BrokenSealException.class);
    }
  }

  @Test
  void noByteOfAWrappedKeyCanChangeUnnoticed() {
    WrappedKey wrapped = keeper().wrap(key, CONTEXT);
    for (int i = 0; i < wrapped.bytes().length; i += alterEvery()) {
      byte[] altered = wrapped.bytes().clone();
      altered[i] ^= 1;
      WrappedKey other = new WrappedKey(wrapped.keeper(), wrapped.version(), altered);
      assertThatThrownBy(() -> keeper().unwrap(other, CONTEXT))
          .as("byte %d", i)
          .isInstanceOf(BrokenSealException.class);
    }
    WrappedKey otherVersion =
        new WrappedKey(wrapped.keeper(), wrapped.version() + 1, wrapped.bytes());
    assertThatThrownBy(() -> keeper().unwrap(otherVersion, CONTEXT))
        .isInstanceOf(BrokenSealException.class);
    assertThat(keeper().unwrap(wrapped, CONTEXT)).isEqualTo(key);
  }

  @Test
  void credentialsAreReadByName() {
    assertThat(keeper().credential(new CredentialName("siem/splunk", "token")))
        .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo(CREDENTIAL));
    assertThat(keeper().credential(new CredentialName("siem/splunk", "other"))).isEmpty();
    assertThat(keeper().credential(new CredentialName("siem/other", "token"))).isEmpty();
  }

  /** For keepers whose key can be rotated. */
  static void assertRotates(BlockingKeeper keeper) {
    byte[] key = Ids.secret(32);
    int before = keeper.newestVersion();
    WrappedKey old = keeper.wrap(key, CONTEXT);
    assertThat(keeper.rotate()).isEqualTo(before + 1);
    WrappedKey anew = keeper.wrap(key, CONTEXT);
    assertThat(anew.version()).isEqualTo(before + 1);
    assertThat(keeper.unwrap(old, CONTEXT)).isEqualTo(key);
    assertThat(keeper.unwrap(anew, CONTEXT)).isEqualTo(key);
    WrappedKey renamed = new WrappedKey(old.keeper(), anew.version(), old.bytes());
    assertThatThrownBy(() -> keeper.unwrap(renamed, CONTEXT))
        .isInstanceOf(BrokenSealException.class);
  }
}
