package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples of RFC 8785. */
class CanonicalJsonTest {

  /** Appendix B: the bits of a double and its one text. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "0000000000000002, 1e-323",
    "0000000000000003, 1.5e-323",
    "000000000000000a, 5e-323",
    "0000000000000014, 1e-322",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void printsNumbersAsEcmaScriptDoes(String bits, String text) {
    double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(canonical(value)).isEqualTo(text);
  }

  @Test
  void refusesWhatJsonHasNoNumberFor() {
    assertThatThrownBy(() -> CanonicalJson.write(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.write(Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Section 3.2.2 and 3.2.3. */
  @Test
  void writesTheSampleOfTheRfc() {
    String sample =
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }""";
    assertThat(again(sample))
        .isEqualTo(
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /** Section 3.2.3: the order is that of UTF-16 code units, not of code points. */
  @Test
  void sortsKeysByTheirCodeUnits() {
    String sample =
        """
        {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew", "1": "One",
         "\\ud83d\\ude00": "Smiley", "\\u0080": "Control", "\\u00f6": "o Diaeresis"}""";
    assertThat(StrictJson.parseObject(again(sample).getBytes(StandardCharsets.UTF_8)).values())
        .containsExactly(
            "Carriage Return", "One", "Control", "o Diaeresis", "Euro Sign", "Smiley", "Hebrew");
  }

  @Test
  void writesEveryCharacterSoThatItIsReadAgain() {
    StringBuilder all = new StringBuilder();
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        all.appendCodePoint(point);
      }
    }
    assertThat(StrictJson.parse(CanonicalJson.write(all.toString()))).isEqualTo(all.toString());
  }

  @Test
  void writesRandomNumbersSoThatTheyAreReadAgain() {
    Random random = new Random(8785);
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(canonical(value))).isEqualTo(value);
      }
    }
  }

  @Test
  void refusesLoneSurrogates() {
    assertThatThrownBy(() -> CanonicalJson.write("\ud800"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String again(String json) {
    return canonical(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String canonical(@Nullable Object tree) {
    return new String(CanonicalJson.write(tree), StandardCharsets.UTF_8);
  }
}
