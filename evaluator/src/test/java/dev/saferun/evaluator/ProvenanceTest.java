package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms in which a value is found again, and the characters that a place covers. */
class ProvenanceTest {

  private static final String ARGUMENT = "x";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // text that was read | value | form | what the place covers
        "pay $4,500.00 now                | 4500                 | exact       | 4,500.00",
        "pay 4.500,00 EUR now             | 4500                 | exact       | 4.500,00",
        "pay 4.500 now                    | 4500                 | nowhere     | -",
        "a total of 4500                  | 4500.00              | exact       | 4500",
        "a total of 4,500                 | 4500 USD             | number      | 4,500",
        "a total of 4,500                 | USD 4500             | number      | 4,500",
        "a total of 4500                  | 4.5k                 | number      | 4500",
        "about 4.5k of them               | 4500                 | thousands   | 4.5k",
        "about 45k of them                | 45000                | thousands   | 45k",
        "a fee of 15% a year              | 0.15                 | hundredth   | 15",
        "a fee of 0.15 a year             | 15                   | hundredfold | 0.15",
        "45.20 for the parcel             | 4520                 | hundredfold | 45.20",
        "on May 15th, 2024 at noon        | 2024-05-15           | date        | May 15th, 2024",
        "on 2024-05-15 at noon            | May 15th, 2024       | date        | 2024-05-15",
        "on 2024-05-15 at noon            | Wednesday, 15 May 2024 | date      | 2024-05-15",
        "on 15.05.2024 at noon            | 2024-05-15           | date        | 15.05.2024",
        "on 05/15/2024 at noon            | 2024-05-15           | date        | 05/15/2024",
        "on 2024-05-15 at noon            | 05/15/2024           | date        | 2024-05-15",
        "at 2024-05-15T10:00:00Z sharp    | 2024-05-15           | exact       | 2024-05-15",
        "at 2024-05-15 10:00 sharp        | 2024-05-15T10:00     | exact       | 2024-05-15 10:00",
        "on 2024-05-15 it is              | 2024-05-15T10:00:00+02:00 | date   | 2024-05-15",
        "on 2024-05-15 it is              | 2024-05-16           | nowhere     | -",
        "we meet at 3pm there             | 15:00                | time        | 3pm",
        "we meet at 3:30 p.m. there       | 15:30                | time        | 3:30 p.m",
        "we meet at 15:00 there           | 3 pm                 | time        | 15:00",
        "we meet at 15:00 there           | 4 pm                 | nowhere     | -",
        "write to ana.silva@north.example | Ana S <ana.silva@north.example> | part | ana.silva@north.example",
        "write to ana.silva@north.example | mailto:ana.silva@north.example | address | ana.silva@north.example",
        "see shop.example/a/b for more    | https://shop.example/a/b/ | exact  | shop.example/a/b",
        "see https://shop.example/a for more | https://www.shop.example/a | address | shop.example/a",
        "see files.example/my report.pdf  | https://files.example/my%20report.pdf | address | files.example/my report.pdf",
        "the order 'ORD-48213' is open    | 48213                | exact       | 48213",
        "the order 'ord48213x' is open    | 48213                | part        | 48213",
        "the order 'ord4821x' is open     | 4821                 | nowhere     | -",
        "they were charged too much       | They paid more than they should have | nowhere | -",
      })
  void isFoundInThisForm(String read, String value, String form, @Nullable String covered) {
    String text = read.strip();
    RunTexts texts = new RunTexts(true);
    texts.recorded("retrieval", 1, text);

    ArgumentOrigin found = only(texts, value.matches("[0-9.]+") ? number(value) : value);

    if (covered == null) {
      assertThat(found.origin()).isEqualTo(Origin.NOWHERE);
    } else {
      assertThat(found.form()).isEqualTo(form);
      assertThat(found.origin()).isEqualTo(Origin.RETRIEVED);
      assertThat(cut(text, found.place())).isEqualTo(covered);
    }
  }

  private static Object number(String value) {
    return value.contains(".") ? (Object) Double.valueOf(value) : (Object) Long.valueOf(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the user is called Ana  | the family name is Silva | Ana Silva",
        "log in as ana_silva     | the file is report.txt   | ana_silva/report.txt",
        "the host is shop.example | the order is 'A-4711'   | https://shop.example/A-4711",
        "prefix acct             | number 48213             | acct_48213",
        "prefix acct             | number 48213             | acct48213",
        "ana@north.example       | bob@south.example        | ana@north.example, bob@south.example",
      })
  void isJoinedFromKnownValues(String asked, String read, String value) {
    RunTexts texts = new RunTexts(true);
    texts.recorded("input", 1, asked);
    texts.recorded("retrieval", 2, read);

    IntentReading reading = read(texts, value);

    assertThat(reading.origins()).hasSize(2);
    assertThat(reading.origins()).extracting(ArgumentOrigin::form).containsOnly("joined");
    assertThat(reading.origins())
        .extracting(ArgumentOrigin::origin)
        .containsExactly(Origin.USER_REQUEST, Origin.RETRIEVED);
    assertThat(reading.origin("/" + ARGUMENT)).contains(Origin.RETRIEVED);
  }

  @Test
  void aTextIsNotJoinedFromCommonWords() {
    RunTexts texts = new RunTexts(true);
    texts.recorded("retrieval", 1, "the weekly meeting, a status page, one report");

    assertThat(only(texts, "weekly status report").origin()).isEqualTo(Origin.NOWHERE);
    assertThat(only(texts, "Ana Silva").origin()).isEqualTo(Origin.NOWHERE);
  }

  @ParameterizedTest
  @CsvSource({"59.27, sum", "31.41, difference", "631.5862, product"})
  void isWhatComesOfTwoKnownNumbers(double value, String form) {
    RunTexts texts = new RunTexts(true);
    String asked = "I pay 45.34 for it";
    String read = "and 13.93 for the parcel";
    texts.recorded("input", 1, asked);
    texts.recorded("retrieval", 2, read);

    ArgumentOrigin found = only(texts, value);

    assertThat(found.form()).isEqualTo(form);
    assertThat(found.origin()).isEqualTo(Origin.RETRIEVED);
    assertThat(cut(read, found.place())).isEqualTo("13.93");
    assertThat(cut(asked, found.second())).isEqualTo("45.34");
  }

  @Test
  void whatTwoPairsGiveIsNotTold() {
    RunTexts texts = new RunTexts(true);
    texts.recorded("retrieval", 1, "1111 and 2222, or 1234 and 2099");

    assertThat(only(texts, 3_333L).origin()).isEqualTo(Origin.NOWHERE);
  }

  @Test
  void aNumberOfFewDigitsIsNotTriedWithManyOthers() {
    RunTexts texts = new RunTexts(true);
    texts.recorded("retrieval", 1, "111 and 232, then 454, 565, 676 and 787");

    assertThat(only(texts, 343L).origin()).isEqualTo(Origin.NOWHERE);
  }

  @Test
  void aPlaceBelowNamesWithoutEndSaysThatItIsCut() {
    RunTexts texts = new RunTexts(true);
    Map<String, Object> deep = Map.of("k".repeat(900), Map.of("l".repeat(900), "code 48213"));
    texts.returned(1, 2, deep, null);

    TextPlace place = Objects.requireNonNull(only(texts, 48_213L).place());

    assertThat(place.pointer()).isEqualTo("/result/" + "k".repeat(900) + "/\u2026");
    assertThat(cut("code 48213", place)).isEqualTo("48213");
  }

  private static String cut(String text, @Nullable TextPlace place) {
    TextPlace known = Objects.requireNonNull(place);
    return text.substring(known.start(), known.end());
  }

  private static ArgumentOrigin only(RunTexts texts, Object value) {
    List<ArgumentOrigin> origins = read(texts, value).origins();
    assertThat(origins).hasSize(1);
    return origins.getFirst();
  }

  private static IntentReading read(RunTexts texts, Object value) {
    Map<String, Object> action = new HashMap<>();
    action.put("tool", "t.do");
    action.put("arguments", Map.of(ARGUMENT, value));
    return texts.read(new Check("r", null, Map.of(), action, Map.of(), null), 9);
  }
}
