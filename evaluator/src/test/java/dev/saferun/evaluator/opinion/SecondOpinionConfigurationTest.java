package dev.saferun.evaluator.opinion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.evaluator.opinion.SecondOpinionConfiguration.When;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecondOpinionConfigurationTest {

  private static final String PREFIX = "saferun.evaluator.second-opinion.";
  private static final String URL = "https://judge.example/";

  @Test
  void theDefaultsAskNobody() {
    SecondOpinionConfiguration defaults = read(Map.of());

    assertThat(defaults.address()).isEmpty();
    assertThat(defaults.asked()).isEqualTo(When.AFTER);
    assertThat(defaults.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(defaults.concurrencyMax()).isEqualTo(16);
    assertThat(defaults.token()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://judge:8000/score", "https://[::1]/", "https://judge.example?v=1"})
  void anAddressIsTaken(String url) {
    assertThat(read(Map.of("url", url)).address().orElseThrow()).hasToString(url);
  }

  @Test
  void theModelMayBeAskedBefore() {
    assertThat(read(Map.of("url", URL, "when", "before")).asked()).isEqualTo(When.BEFORE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url             | ftp://judge/           | must begin with http:// or https://",
        "url             | judge:8000             | must begin with http:// or https://",
        "url             | http:judge             | must name a host",
        "url             | http:///judge          | must name a host",
        "url             | http://                | is no URL",
        "url             | http://a b/            | is no URL",
        "url             | https://me:pw@judge/   | must hold no user; use the token",
        "url             | https://judge/#there   | must have no fragment",
        "when            | BEFORE                 | must be after or before",
        "when            | during                 | must be after or before",
        "timeout         | PT0S                   | must be longer than nothing and at most 1m",
        "timeout         | PT60.001S              | must be longer than nothing and at most 1m",
        "concurrency-max | 0                      | must be from 1 to 1000",
        "concurrency-max | 1001                   | must be from 1 to 1000",
        "token           | t-0k3n                 | is set and the url is not",
      })
  void aWrongValueIsRefusedByNameAndNotRepeated(String name, String value, String fault) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(PREFIX + name + " " + fault)
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "two\nlines", "t\u00f6ken"})
  void aTokenThatNoHeaderCanHoldIsRefused(String token) {
    assertThatThrownBy(() -> read(Map.of("url", URL, "token", token)))
        .hasMessage(PREFIX + "token must be printable ASCII without spaces");
  }

  @Test
  void neitherTokenNorAddressIsShown() {
    assertThat(read(Map.of("url", URL, "token", "t-0k3n")).toString())
        .doesNotContain("t-0k3n", "judge.example");
  }

  /** These values, and else what the annotations give. */
  private static SecondOpinionConfiguration read(Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (var parameter :
        SecondOpinionConfiguration.class.getDeclaredConstructors()[0].getParameters()) {
      Bindable bindable = parameter.getAnnotation(Bindable.class);
      if (bindable != null) {
        values.put(parameter.getName(), bindable.defaultValue());
      }
    }
    given.forEach(
        (name, value) ->
            values.put(name.equals("concurrency-max") ? "concurrencyMax" : name, value));
    String timeout = values.getOrDefault("timeout", "");
    return new SecondOpinionConfiguration(
        values.get("url"),
        values.getOrDefault("when", ""),
        timeout.equals("2s") ? Duration.ofSeconds(2) : Duration.parse(timeout),
        Integer.parseInt(values.getOrDefault("concurrencyMax", "")),
        values.get("token"));
  }
}
