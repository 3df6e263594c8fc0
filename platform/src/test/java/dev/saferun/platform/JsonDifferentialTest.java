package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read and written by the vector is the same as what is read and written by the letter. */
class JsonDifferentialTest {

  private static final List<String> DOCUMENTS =
      List.of(
          "{\"a\":[1,2.5,-0.0,1e3,4500.0,true,false,null,\"x\"],\"ä\":{\"\\u00e4\":\"€\"}}",
          "[\"\\ud83d\\ude00\",\"\ud83d\ude00\",\"\\n\\\"\\\\\",\"tab\",9007199254740993,1e400]",
          " {\n \"key\" : \"value\" ,\r\n\t\"other\" : [ ] , \"a long name of a member\" : { } } ",
          "{\"ключ\":\"значение\",\"the same\":1,\"a\":{\"b\":[[[{\"c\":\"d\"}]]]}}",
          "{\"a\":1,\"a\":2}",
          "12345678901234567890",
          "\ufeff{}",
          "\u0000{\u0000}\u0000",
          "[\"\u0000\"]",
          "\"\u007f\u0080\uffff\"",
          "nul",
          "");

  private static final String ODD_BYTES = "\"\\{}[]:,0159.eE+-tfnu \t\n\r\0/ä€?d";

  @Test
  void readsChangedDocumentsByBytesAsByCharacters() {
    Random random = new Random(8259);
    int taken = 0;
    for (int i = 0; i < 50_000; i++) {
      taken += same(changed(DOCUMENTS.get(random.nextInt(DOCUMENTS.size())), random)) ? 1 : 0;
    }
    assertThat(taken).isGreaterThan(5_000);
  }

  /** Around each limit of the parser: names of 65,536 characters and numbers of 1,000. */
  @Test
  void readsLongNamesAndNumbersByBytesAsByCharacters() {
    for (int length : new int[] {999, 1_000, 1_001, 1_002, 65_535, 65_536, 65_537, 70_000}) {
      for (String part : List.of("a", "ä", "€", "\\n", "\\u00e4")) {
        same("{\"" + part.repeat(length) + "\":1}");
        same("{\"" + part.repeat(length / 3) + "\":1}");
      }
      same("1".repeat(length));
      same("-" + "1".repeat(length));
      same("1" + "0".repeat(length));
      same("0." + "1".repeat(length));
      same("1e" + "0".repeat(length));
    }
  }

  private static String changed(String document, Random random) {
    StringBuilder text = new StringBuilder(document);
    for (int changes = random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
      int at = random.nextInt(text.length());
      char c = ODD_BYTES.charAt(random.nextInt(ODD_BYTES.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, c);
        case 1 -> text.setCharAt(at, c);
        case 2 -> text.deleteCharAt(at);
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  private static boolean same(String document) {
    return same(document.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether it is taken; bytes that are not UTF-8 have no characters to compare with. */
  static boolean same(byte[] utf8) {
    Object byBytes = treeOrRefusal(() -> StrictJson.parse(utf8));
    if (!Utf8.isValid(utf8)) {
      assertThat(byBytes).isEqualTo(new Refusal("the body is not UTF-8", null));
      return false;
    }
    assertThat(byBytes)
        .as("%.200s", new String(utf8, StandardCharsets.UTF_8))
        .isEqualTo(treeOrRefusal(() -> StrictJson.parseCharacters(utf8, StrictJson.DEPTH_MAX)));
    return !(byBytes instanceof Refusal);
  }

  private record Refusal(String detail, @Nullable String pointer) {}

  private static @Nullable Object treeOrRefusal(Supplier<@Nullable Object> reading) {
    try {
      return reading.get();
    } catch (ProblemException refused) {
      return new Refusal(Objects.requireNonNull(refused.getMessage()), refused.pointer());
    }
  }

  @Test
  void writesTextsOfAllSortsByTheLetter() {
    Random random = new Random(8785);
    List<String> pieces =
        List.of(
            "a",
            "plain text that is long enough",
            "\"",
            "\\",
            "?",
            "\n",
            "\0",
            "\u001f",
            " ",
            "\u007f",
            "\u0080",
            "ä",
            "€",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "/",
            "\b\f\r\t");
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int count = random.nextInt(8); count > 0; count--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      assertThat(written(text.toString())).as("%s", text).isEqualTo(byTheLetter(text.toString()));
    }
  }

  private static @Nullable String written(String text) {
    try {
      return new String(CanonicalJson.write(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException refused) {
      return null;
    }
  }

  private static @Nullable String byTheLetter(String text) {
    if (text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF)) {
      return null;
    }
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int named = "\"\\\b\t\n\f\r".indexOf(c);
      if (named >= 0) {
        json.append('\\').append("\"\\btnfr".charAt(named));
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  @Test
  void writesMediumNumbersWithTheirShortestDigits() {
    Random random = new Random(262);
    for (int i = 0; i < 30_000; i++) {
      double value = Math.pow(10, random.nextDouble(-4, 8));
      double rounded = Math.rint(value * 1_000) / 1_000;
      for (double number : new double[] {value, -value, rounded, Math.rint(value)}) {
        assertThat(CanonicalJson.number(number)).isEqualTo(plain(number));
      }
    }
  }

  private static String plain(double number) {
    return number == 0
        ? "0"
        : new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
