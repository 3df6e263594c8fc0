package dev.saferun.replay.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.SecretKeyring;
import dev.saferun.platform.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallHasherTest {

  private static final UUID DECISION = new UUID(1, 2);
  private static final String CHECKED =
      "{\"amount\": 4500, \"to\": {\"name\": \"M\u00fcller\", \"iban\": null}, \"lines\": [1, 2.5]}";

  private final CallHasher hasher = new CallHasher(SecretKeyring.of(new byte[32]));

  @ParameterizedTest
  @ValueSource(
      strings = {
        CHECKED,
        "{\"amount\":4500.0,\"to\":{\"name\":\"M\u00fcller\",\"iban\":null},\"lines\":[1,2.5]}",
        "{\"amount\":4.5e3,\"to\":{\"iban\":null,\"name\":\"M\\u00fcller\"},\"lines\":[1.0,25e-1]}",
        "{\"lines\": [1, 2.50],\n \"to\": {\"name\": \"M\u00fcller\", \"iban\": null}, \"amount\": 4500}"
      })
  void equalValuesAreTheSameCallHoweverTheyAreWritten(String written) {
    assertThat(hash("pay", written)).isEqualTo(hash("pay", CHECKED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amount\": 4501, \"to\": {\"name\": \"M\u00fcller\", \"iban\": null}, \"lines\": [1, 2.5]}",
        "{\"amount\": \"4500\", \"to\": {\"name\": \"M\u00fcller\", \"iban\": null}, \"lines\": [1, 2.5]}",
        "{\"amount\": 4500, \"to\": {\"name\": \"Mu\u0308ller\", \"iban\": null}, \"lines\": [1, 2.5]}",
        "{\"amount\": 4500, \"to\": {\"name\": \"M\u00fcller\"}, \"lines\": [1, 2.5]}",
        "{\"amount\": 4500, \"to\": {\"name\": \"M\u00fcller\", \"iban\": null}, \"lines\": [2.5, 1]}",
        "{\"amount\": 4500, \"to\": {\"name\": \"M\u00fcller \", \"iban\": null}, \"lines\": [1, 2.5]}",
        "{\"amount\": 4500, \"to\": {\"name\": \"M\u00fcller\", \"iban\": null}, \"lines\": [1, 2.5], \"x\": 0}"
      })
  void oneCharacterMakesAnotherCall(String written) {
    assertThat(hash("pay", written)).isNotEqualTo(hash("pay", CHECKED));
  }

  @Test
  void aToolADecisionAndAKeyringEachHaveTheirOwn() {
    byte[] one = hash("pay", CHECKED);
    assertThat(hash("pay2", CHECKED)).isNotEqualTo(one);
    assertThat(hasher.call(new UUID(1, 3), "pay", tree(CHECKED))).isNotEqualTo(one);
    byte[] other = new byte[32];
    other[31] = 1;
    assertThat(new CallHasher(SecretKeyring.of(other)).call(DECISION, "pay", tree(CHECKED)))
        .isNotEqualTo(one);
  }

  /** A guess can be tested against a plain hash, and these are guessed in a moment. */
  @Test
  void itIsNoPlainHashOfTheCall() throws Exception {
    byte[] json =
        CanonicalJson.write(
            Map.of("arguments", tree("{}"), "decision_id", DECISION.toString(), "tool", "pay"));
    assertThat(hash("pay", "{}"))
        .isNotEqualTo(MessageDigest.getInstance("SHA-256").digest(json))
        .hasSize(32);
  }

  /** An approval outlives a restart and an update; so must the hash that it is held to. */
  @Test
  void itIsTheSameForEver() {
    assertThat(java.util.HexFormat.of().formatHex(hash("pay", CHECKED)))
        .isEqualTo("fa3184a1f4958601a674ca5158f03065a584b939a44b680d5638f9ac7a7c607b");
  }

  @Test
  void theSameKeyOfAnotherAgentIsAnotherClaim() {
    byte[] one = hasher.claim(DECISION, new UUID(5, 5), "k");
    assertThat(hasher.claim(DECISION, new UUID(5, 5), "k")).isEqualTo(one);
    assertThat(hasher.claim(DECISION, new UUID(5, 6), "k")).isNotEqualTo(one);
    assertThat(hasher.claim(new UUID(1, 3), new UUID(5, 5), "k")).isNotEqualTo(one);
  }

  private byte[] hash(String tool, String arguments) {
    return hasher.call(DECISION, tool, tree(arguments));
  }

  private static Map<String, @Nullable Object> tree(String json) {
    return StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8));
  }
}
