package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsConfigurationTest {

  @Test
  void theDefaultsAreThese() {
    try (ApplicationContext context = ApplicationContext.run()) {
      assertThat(context.getBean(SecretsConfiguration.class))
          .isEqualTo(SecretsConfiguration.defaults())
          .isEqualTo(new SecretsConfiguration("keyring", Duration.ofMinutes(15)));
      assertThat(context.getBean(VaultConfiguration.class))
          .isEqualTo(VaultConfiguration.defaults())
          .isEqualTo(
              new VaultConfiguration(
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  "approle",
                  "secret",
                  "saferun",
                  "transit",
                  "saferun",
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(5),
                  3));
    }
  }

  @Test
  void everySettingIsRead() {
    try (ApplicationContext context =
        ApplicationContext.run(
            Map.ofEntries(
                Map.entry("saferun.secrets.keeper", "vault"),
                Map.entry("saferun.secrets.data-key-cache", "5m"),
                Map.entry("saferun.secrets.vault.address", "https://vault:8200"),
                Map.entry("saferun.secrets.vault.namespace", "team"),
                Map.entry("saferun.secrets.vault.authority-file", "/ca.pem"),
                Map.entry("saferun.secrets.vault.role-id", "role"),
                Map.entry("saferun.secrets.vault.secret-id-file", "/secret-id"),
                Map.entry("saferun.secrets.vault.app-role-path", "approle-two"),
                Map.entry("saferun.secrets.vault.credentials-path", "kv"),
                Map.entry("saferun.secrets.vault.credentials-prefix", "appliances/one"),
                Map.entry("saferun.secrets.vault.transit-path", "keys"),
                Map.entry("saferun.secrets.vault.transit-key", "one"),
                Map.entry("saferun.secrets.vault.connect-timeout", "1s"),
                Map.entry("saferun.secrets.vault.timeout", "3s"),
                Map.entry("saferun.secrets.vault.attempts-max", 1)))) {
      assertThat(context.getBean(SecretsConfiguration.class))
          .isEqualTo(new SecretsConfiguration("vault", Duration.ofMinutes(5)));
      assertThat(context.getBean(VaultConfiguration.class).requireComplete())
          .isEqualTo(
              new VaultConfiguration(
                  "https://vault:8200",
                  "team",
                  "/ca.pem",
                  null,
                  "role",
                  "/secret-id",
                  "approle-two",
                  "kv",
                  "appliances/one",
                  "keys",
                  "one",
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(3),
                  1));
    }
  }

  /** Before anything is asked for: a start is refused, not the first use. */
  @Test
  void aWrongSettingRefusesToStart() {
    assertThatThrownBy(() -> ApplicationContext.run(Map.of("saferun.secrets.keeper", "paper")))
        .hasStackTraceContaining("saferun.secrets.keeper must be keyring, vault or environment");
    assertThatThrownBy(
            () -> ApplicationContext.run(Map.of("saferun.secrets.data-key-cache", "16m")))
        .hasStackTraceContaining("saferun.secrets.data-key-cache must be from 1s to 15m");
    assertThatThrownBy(
            () -> ApplicationContext.run(Map.of("saferun.secrets.vault.attempts-max", 11)))
        .hasStackTraceContaining("saferun.secrets.vault.attempts-max must be from 1 to 10");
  }

  @Test
  void aDataKeyIsInTheClearForFifteenMinutesAtMost() {
    assertThatThrownBy(() -> new SecretsConfiguration("keyring", Duration.ofSeconds(901)))
        .hasMessageContaining("saferun.secrets.data-key-cache");
    assertThatThrownBy(() -> new SecretsConfiguration("keyring", Duration.ZERO))
        .hasMessageContaining("saferun.secrets.data-key-cache");
    assertThatThrownBy(() -> new SecretsConfiguration("paper", Duration.ofMinutes(1)))
        .hasMessageContaining("keyring, vault or environment");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://vault:8200",
        "ftp://127.0.0.1",
        "https://user:canary@vault",
        "vault:8200",
        "https://",
        "not a url"
      })
  void anAddressThatCannotBeRightIsRefusedAndNotRepeated(String address) {
    assertThatThrownBy(() -> at(address, "/token", null, null).requireComplete())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("saferun.secrets.vault.address")
        .hasMessageNotContaining("canary");
  }

  @Test
  void oneWayToLogInMustBeSet() {
    String address = "http://127.0.0.1:8200";
    assertThatCode(() -> at(address, "/token", null, null).requireComplete())
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> at(address, null, null, null).requireComplete())
        .hasMessageContaining("role-id");
    assertThatThrownBy(() -> at(address, null, "role", null).requireComplete())
        .hasMessageContaining("secret-id-file");
    assertThatThrownBy(() -> at(address, "/token", "role", "/file").requireComplete())
        .hasMessageContaining("token-file");
    assertThatThrownBy(() -> VaultConfiguration.defaults().requireComplete())
        .hasMessageContaining("address");
    assertThat(at("https://canary", "/token", null, null).toString()).doesNotContain("canary");
  }

  private static VaultConfiguration at(
      String address,
      @Nullable String tokenFile,
      @Nullable String roleId,
      @Nullable String secretIdFile) {
    VaultConfiguration defaults = VaultConfiguration.defaults();
    return new VaultConfiguration(
        address,
        null,
        null,
        tokenFile,
        roleId,
        secretIdFile,
        defaults.appRolePath(),
        defaults.credentialsPath(),
        defaults.credentialsPrefix(),
        defaults.transitPath(),
        defaults.transitKey(),
        defaults.connectTimeout(),
        defaults.timeout(),
        defaults.attemptsMax());
  }
}
