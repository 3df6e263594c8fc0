package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a receiver's answer gets into a reason. */
class WordsTest {

  @Test
  void secretsAreStruckOutAlsoInBase64() {
    Words words = new Words(List.of("token", "token-that-is-longer", " "));
    String encoded = Base64.getEncoder().encodeToString("token".getBytes(StandardCharsets.UTF_8));
    assertThat(words.of("no token-that-is-longer, no token, no " + encoded + " here"))
        .isEqualTo("no [REDACTED], no [REDACTED], no [REDACTED] here");
  }

  @Test
  void fewWordsAreKeptAndPrintable() {
    assertThat(new Words(List.of()).of("a\r\n\u001b[31mb\u202ec")).isEqualTo("a [31mb c");
    assertThat(new Words(List.of()).of("x".repeat(1_000))).hasSize(203).endsWith("x...");
  }

  @Test
  void nothingIsSaidWhereNothingWas() {
    assertThat(new Words(List.of()).after(null)).isEmpty();
    assertThat(new Words(List.of()).after(7L)).isEmpty();
    assertThat(new Words(List.of()).after("x")).isEqualTo(": x");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "0, PT0S",
        "17, PT17S",
        "999999999, PT1H",
        "'Sat, 28 Nov 2026 10:01:00 GMT', PT1M",
        "'Sat, 28 Nov 2026 09:00:00 GMT', PT0S",
        "'Sun, 29 Nov 2026 10:00:00 GMT', PT1H",
        "-1, null",
        "soon, null",
        "99999999999999999999, null"
      },
      nullValues = "null")
  void aReceiverSaysForHowLongItWantsToBeLeftAlone(String value, @Nullable Duration expected) {
    Clock clock = Clock.fixed(Instant.parse("2026-11-28T10:00:00Z"), ZoneOffset.UTC);
    assertThat(new RetryAfter(clock).read(value)).isEqualTo(expected);
  }
}
