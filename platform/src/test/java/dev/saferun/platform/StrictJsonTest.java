package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  @Test
  void givesOneFormForOneNumber() {
    assertThat(parse("[4500, 4500.0, 4.5e3, -0, -0.0, 0.5, 9007199254740991]"))
        .isEqualTo(List.of(4500L, 4500L, 4500L, 0L, 0L, 0.5, 9007199254740991L));
  }

  @Test
  void keepsTheOrderOfKeys() {
    assertThat(StrictJson.parseObject(bytes("{\"b\":1,\"a\":2}")).keySet())
        .containsExactly("b", "a");
  }

  @Test
  void takesWholeNumbersBeyondTheSafeOnesOnlyWhereADoubleIsExact() {
    assertThat(parse("9007199254740992")).isEqualTo(9007199254740992.0);
    refused("9007199254740993", "");
    refused("-9007199254740993", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e400", "-1e400", "[1,]", "{\"a\":1,}", "NaN", "1 2", "", " ", "01", "'a'"})
  void refuses(String json) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(ProblemException.class);
  }

  @Test
  void saysWhereAKeyStandsTwice() {
    refused("{\"a\":{\"b\":1,\"b\":2}}", "/a/b");
    refused("{\"a\":null,\"\\u0061\":null}", "/a");
  }

  /** Overlong slash, overlong NUL, an encoded surrogate, beyond U+10FFFF, a cut sequence. */
  @ParameterizedTest
  @ValueSource(strings = {"22c0af22", "22c08022", "22eda08022", "22f490808022", "22e28222"})
  void refusesBytesThatAreNotUtf8(String hex) {
    assertThatThrownBy(() -> StrictJson.parse(HexFormat.of().parseHex(hex)))
        .isInstanceOf(ProblemException.class)
        .hasMessage("the body is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800x\"",
        "{\"\\ud800\":1}",
        "\"\\udc00\\ud800\""
      })
  void refusesLoneSurrogates(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(ProblemException.class)
        .hasMessage("a lone surrogate in a text");
  }

  @Test
  void takesSixtyFourLevelsAndNoMore() {
    assertThat(parse("[".repeat(64) + "]".repeat(64))).isInstanceOf(List.class);
    assertThatThrownBy(() -> parse("[".repeat(65) + "]".repeat(65)))
        .hasMessageContaining("deeper than 64");
    assertThatThrownBy(() -> parse("[".repeat(100_000))).hasMessageContaining("deeper than 64");
  }

  @Test
  void wantsAnObjectWhereOneIsAskedFor() {
    assertThatThrownBy(() -> StrictJson.parseObject(bytes("[]")))
        .hasMessage("the body must be a JSON object");
    assertThat(StrictJson.parseObject(bytes("{\"a\":[]}"))).isEqualTo(Map.of("a", List.of()));
  }

  private static @Nullable Object parse(String json) {
    return StrictJson.parse(bytes(json));
  }

  private static void refused(String json, String pointer) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(CommonProblem.INVALID_JSON);
              assertThat(problem.pointer()).isEqualTo(pointer);
            });
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
