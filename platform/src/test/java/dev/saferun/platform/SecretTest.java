package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void printsNothingOfItself() {
    Secret secret = Secret.of("canary");
    assertThat(secret).hasToString("[REDACTED]");
    assertThat(String.valueOf(java.util.Optional.of(secret))).doesNotContain("canary");
    assertThat(secret.reveal()).isEqualTo("canary");
  }

  @Test
  void isOverwrittenWhenItIsClosed() {
    Secret secret = Secret.of("canary");
    char[] inside = secret.use(characters -> characters);
    secret.close();
    assertThat(inside).containsOnly('\0');
    assertThatThrownBy(secret::reveal).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFileLosesItsLastLineBreakOnly() {
    byte[] content = " pässword\nwith lines \r\n\n".getBytes(StandardCharsets.UTF_8);
    assertThat(Secret.ofFile(content).reveal()).isEqualTo(" pässword\nwith lines ");
  }
}
