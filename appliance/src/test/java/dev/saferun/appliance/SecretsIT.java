package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.appliance.serve.Appliance;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An appliance has its organizations' data keys, and says so where it has not. */
class SecretsIT {

  @TempDir Path parent;

  @Test
  void theKeyringHasTheKeyOfTheFirstOrganization() throws Exception {
    Map<String, Object> settings = settings(Map.of());
    try (Appliance appliance = Appliance.start(parent.resolve("data"), settings)) {
      assertThat(appliance.uri()).isNotNull();
      Api monitor = monitor(settings);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> part(monitor).at("/details/keys_in_memory").asInt() == 1);
      assertThat(part(monitor).get("status").asText()).isEqualTo("UP");
      assertThat(part(monitor).at("/details/keeper").asText()).isEqualTo("keyring");
      assertThat(monitor.get("/metrics").text())
          .contains("saferun_secrets_keeper_calls_total{")
          .contains("operation=\"wrap\",outcome=\"answered\"} 1")
          .contains("saferun_secrets_data_keys_in_memory 1")
          .contains("saferun_secrets_data_keys_missing 0")
          .contains("saferun_secrets_data_key_age_seconds ");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(parent.resolve("data/key-encryption-keys"))))
        .isEqualTo("rw-------");
  }

  @Test
  void withoutItsVaultItServesAndIsDegraded() throws Exception {
    Path token = Files.writeString(parent.resolve("token"), "canary-of-a-token");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Map<String, Object> settings =
        settings(
            Map.of(
                "saferun.secrets.keeper",
                "vault",
                "saferun.secrets.vault.address",
                "http://127.0.0.1:1",
                "saferun.secrets.vault.token-file",
                token.toString()));
    Path data = parent.resolve("data");
    try (Appliance appliance = Appliance.start(data, settings)) {
      Api monitor = monitor(settings);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> part(monitor).at("/details/keys_missing").asInt() == 1);
      assertThat(part(monitor).get("status").asText()).isEqualTo("DEGRADED");
      assertThat(part(monitor).at("/details/reason").asText()).contains("does not answer");
      assertThat(monitor.get("/health").status()).isEqualTo(200);
      Api admin = new Api(appliance.uri(), Files.readString(data.resolve("bootstrap-key")).strip());
      Api.Answer answer =
          RunningAppliance.agent(admin, "default", "production")
              .post(
                  "/v1/check-action",
                  "{\"run_id\":\"r\",\"action\":{\"tool\":\"t\",\"arguments\":{}}}");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
  }

  private static JsonNode part(Api monitor) {
    return monitor.get("/health").body().at("/details/secrets");
  }

  private static Api monitor(Map<String, Object> settings) {
    return new Api(
        URI.create("http://127.0.0.1:" + settings.get("saferun.http.management-port")), "");
  }

  private static Map<String, Object> settings(Map<String, Object> some) throws Exception {
    Map<String, Object> settings = new HashMap<>(some);
    settings.put("saferun.http.port", Ports.free());
    settings.put("saferun.http.management-port", Ports.free());
    return settings;
  }
}
