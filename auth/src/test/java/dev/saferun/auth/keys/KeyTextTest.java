package dev.saferun.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTextTest {

  @Test
  void keysAreRecognisableAndNeverTheSame() {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String key = KeyText.random(KeyText.AGENT);
      assertThat(key).matches("srk_agent_[0-9A-Za-z]{34}");
      assertThat(KeyText.isWellFormed(key)).isTrue();
      keys.add(key);
    }
    assertThat(keys).hasSize(1_000);
    assertThat(KeyText.isWellFormed(KeyText.random(KeyText.ADMIN))).isTrue();
  }

  @Test
  void anyOneChangedCharacterIsRefused() {
    String key = KeyText.random(KeyText.AGENT);
    for (int i = 0; i < key.length(); i++) {
      char other = key.charAt(i) == 'x' ? 'y' : 'x';
      String wrong = key.substring(0, i) + other + key.substring(i + 1);
      assertThat(KeyText.isWellFormed(wrong)).as(wrong).isFalse();
    }
  }

  @Test
  void othersAreRefused() {
    String key = KeyText.random(KeyText.AGENT);
    assertThat(KeyText.isWellFormed("")).isFalse();
    assertThat(KeyText.isWellFormed(key + "x")).isFalse();
    assertThat(KeyText.isWellFormed(key.substring(1))).isFalse();
    assertThat(KeyText.isWellFormed("é".repeat(KeyText.LENGTH))).isFalse();
    assertThat(KeyText.isWellFormed(key.replace("srk_agent_", "srk_admin_"))).isFalse();
  }

  @Test
  void theHintTellsLittle() {
    String key = KeyText.random(KeyText.AGENT);
    assertThat(KeyText.hint(key)).hasSize(19).startsWith(key.substring(0, 14));
  }
}
