package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.saferun.evaluator.Observation.Size;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'r':null}", "{'r':[]}", "{'r':{'hits':[],'total':0,'more':false}}", "{'r':''}",
        "{'r':'[]'}", "{'r':'No results found.'}", "{'r':'0 documents'}", "{'r':false}"
      })
  void saysThatNothingWasFound(String result) {
    assertThat(of(result).size()).isEqualTo(Size.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'r':true}", "{'r':{'ok':true}}", "{'r':'Done.'}", "{'r':7}", "{'r':'Norway'}"})
  void anAcknowledgementIsSmall(String result) {
    assertThat(of(result).size()).isEqualTo(Size.SMALL);
  }

  @Test
  void fromSoManyCharactersOnAResultIsLarge() {
    String most = "x".repeat(Observation.LARGE_CHARACTERS - 1);
    assertThat(Observation.of(most, null).size()).isEqualTo(Size.SMALL);
    assertThat(Observation.of(most + "x", null).size()).isEqualTo(Size.LARGE);
    assertThat(Observation.of(Map.of("a", most, "b", "x"), null).size()).isEqualTo(Size.LARGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "File not found: '/data/a b.csv'      | File not found: './a.csv'        | true",
        "Not found: cus_17                    | Not found: cus_18                | true",
        "HTTP 503 (request 8f3a)              | HTTP 503 (request 11b)           | true",
        "HTTP 503                             | HTTP 401                         | false",
        "Connection refused                   | Connection reset                 | false",
        "It can't be read                     | It can't be written              | false",
      })
  void anErrorIsTheSameWhateverItNames(String one, String other, boolean same) {
    assertThat(Observation.of(null, one).equals(Observation.of(null, other))).isEqualTo(same);
    assertThat(
            Observation.of(null, Map.of("message", one, "code", 400L))
                .equals(Observation.of(null, Map.of("message", other, "code", 400L))))
        .isEqualTo(same);
  }

  @Test
  void isReadAsItWasWritten() {
    for (Observation observed :
        new Observation[] {
          of("{'r':[]}"),
          of("{'r':1}"),
          of("{'r':'%s'}".formatted("x".repeat(999))),
          Observation.of(null, "it failed")
        }) {
      assertThat(observed.text()).matches("[a-p]{16}");
      assertThat(Observation.fromText(observed.text())).isEqualTo(observed);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Observation.fromText("abc"));
  }

  private static Observation of(String result) {
    return Observation.of(Policies.json(result).get("r"), null);
  }
}
