package dev.saferun.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Ids;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import dev.saferun.platform.ProblemException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentKeeperTest extends KeeperContract {

  private final Map<String, String> variables = new HashMap<>();
  private final LogLines log = LogLines.capture();
  private final EnvironmentKeeper keeper;

  EnvironmentKeeperTest() {
    variables.put("SAFERUN_KEY_ENCRYPTION_KEY_1", random());
    variables.put("SAFERUN_CREDENTIAL_SIEM_SPLUNK_TOKEN", CREDENTIAL);
    keeper = new EnvironmentKeeper(variables::get);
  }

  @Override
  BlockingKeeper keeper() {
    return keeper;
  }

  @Test
  void saysLoudlyWhatItIs() {
    assertThat(log.text()).contains("WARN", "SECRETS COME FROM ENVIRONMENT VARIABLES");
    variables.values().forEach(value -> assertThat(log.text()).doesNotContain(value));
  }

  @Test
  void aNewVersionIsANewVariable() {
    byte[] key = Ids.secret(32);
    WrappedKey old = keeper.wrap(key, CONTEXT);
    assertThatThrownBy(keeper::rotate)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.code()).isEqualTo(CommonProblem.CONFLICT))
        .hasMessageContaining("SAFERUN_KEY_ENCRYPTION_KEY_2");
    variables.put("SAFERUN_KEY_ENCRYPTION_KEY_2", random());
    EnvironmentKeeper restarted = new EnvironmentKeeper(variables::get);
    assertThat(restarted.newestVersion()).isEqualTo(2);
    assertThat(restarted.unwrap(old, CONTEXT)).isEqualTo(key);
  }

  @Test
  void withoutAKeyItDoesNotStart() {
    assertThatThrownBy(() -> new EnvironmentKeeper(name -> null))
        .hasMessageContaining("SAFERUN_KEY_ENCRYPTION_KEY_1");
    for (String wrong : new String[] {"", "c2hvcnQ=", "canary, no Base64"}) {
      assertThatThrownBy(
              () -> new EnvironmentKeeper(Map.of("SAFERUN_KEY_ENCRYPTION_KEY_1", wrong)::get))
          .hasMessageContaining("32 bytes in Base64")
          .hasMessageNotContaining("canary");
    }
  }

  private static String random() {
    return Base64.getEncoder().encodeToString(Ids.secret(32));
  }
}
