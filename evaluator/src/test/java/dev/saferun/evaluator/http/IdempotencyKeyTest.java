package dev.saferun.evaluator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.evaluator.RunLog.Idempotency;
import dev.saferun.platform.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdempotencyKeyTest {

  private static final byte[] BODY = "abc".getBytes(StandardCharsets.US_ASCII);

  @Test
  void theKeyComesWithTheHashOfItsBody() {
    Idempotency read = IdempotencyKey.read("k-1", BODY).orElseThrow();

    assertThat(read.key()).isEqualTo("k-1");
    // FIPS 180-2, B.1.
    assertThat(HexFormat.of().formatHex(read.bodySha256()))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void noHeaderIsNoKey() {
    assertThat(IdempotencyKey.read(null, BODY)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("wrongKeys")
  void whatIsNotAKeyIsRefused(String header) {
    assertThatThrownBy(() -> IdempotencyKey.read(header, BODY))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("visible ASCII");
  }

  static Stream<String> wrongKeys() {
    return Stream.of("", "two words", "tab\t", "schlüssel", "x".repeat(201));
  }
}
