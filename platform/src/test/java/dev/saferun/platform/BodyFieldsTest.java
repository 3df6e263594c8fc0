package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyFieldsTest {

  private enum Color {
    RED,
    GREEN
  }

  @Test
  void readsEachFieldWithItsType() {
    BodyFields fields =
        read(
            """
            {"name": "n", "color": "green", "count": 3.0, "on": false,
             "at": "2026-11-23T05:05:06+01:00", "tags": ["a", "b"]}""");
    assertThat(fields.text("name")).hasValue("n");
    assertThat(fields.text("name", 1)).hasValue("n");
    assertThat(color(fields)).hasValue(Color.GREEN);
    assertThat(fields.whole("count", 1, 3)).hasValue(3);
    assertThat(fields.truth("on")).hasValue(false);
    assertThat(fields.time("at")).hasValue(Instant.parse("2026-11-23T04:05:06Z"));
    assertThat(fields.texts("tags", 2, 1)).hasValue(List.of("a", "b"));
  }

  @Test
  void nullIsAbsent() {
    for (String body : List.of("{}", "{\"name\": null, \"color\": null, \"tags\": null}")) {
      BodyFields fields = read(body);
      assertThat(fields.text("name")).isEmpty();
      assertThat(color(fields)).isEmpty();
      assertThat(fields.whole("count", 1, 3)).isEmpty();
      assertThat(fields.truth("on")).isEmpty();
      assertThat(fields.time("at")).isEmpty();
      assertThat(fields.texts("tags", 2, 1)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a/b\": 1}            | /a~1b   | there is no such field",
        "{\"name\": 7}           | /name   | must be a text",
        "{\"name\": \"long\"}    | /name   | at most 3 characters",
        "{\"color\": \"RED\"}    | /color  | one of red, green",
        "{\"count\": 4}          | /count  | from 1 to 3",
        "{\"count\": \"3\"}      | /count  | from 1 to 3",
        "{\"count\": 1.5}        | /count  | from 1 to 3",
        "{\"on\": \"true\"}      | /on     | true or false",
        "{\"at\": \"now\"}       | /at     | a time such as",
        "{\"at\": 7}             | /at     | a time such as",
        "{\"tags\": \"a\"}       | /tags   | at most 2 texts",
        "{\"tags\": [\"a\", \"b\", \"c\"]} | /tags   | at most 2 texts",
        "{\"tags\": [\"a\", 1]}  | /tags/1 | 1 to 3 characters",
        "{\"tags\": [\"\"]}      | /tags/0 | 1 to 3 characters"
      })
  void whatIsWrongIsRefusedWithItsPlace(String body, String pointer, String words) {
    assertThatThrownBy(() -> readAll(read(body)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(CommonProblem.INVALID_FIELD);
              assertThat(problem.pointer()).isEqualTo(pointer);
              assertThat(problem.detail()).contains(words);
            });
  }

  @Test
  void objectsWithinAreReadTheSameWay() {
    BodyFields fields = nested("{\"one\": {\"name\": \"n\"}, \"many\": [{\"name\": \"a\"}, {}]}");

    assertThat(fields.object("one", "name").orElseThrow().text("name")).hasValue("n");
    assertThat(fields.objects("many", 2, "name").orElseThrow())
        .extracting(one -> one.text("name"))
        .containsExactly(Optional.of("a"), Optional.empty());
    assertThat(nested("{}").object("one", "name")).isEmpty();
    assertThat(nested("{\"many\": null}").objects("many", 2, "name")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"one\": []}                    | /one         | must be an object",
        "{\"one\": {\"x\": 1}}            | /one/x       | there is no such field",
        "{\"one\": {\"name\": 1}}         | /one/name    | must be a text",
        "{\"many\": {}}                   | /many        | at most 2 objects",
        "{\"many\": [{}, {}, {}]}         | /many        | at most 2 objects",
        "{\"many\": [{}, 7]}              | /many/1      | must be an object",
        "{\"many\": [{\"name\": 7}]}      | /many/0/name | must be a text",
        "{\"many\": [{\"a/b\": 7}]}       | /many/0/a~1b | there is no such field"
      })
  void whatIsWrongWithinIsRefusedWithItsPlace(String body, String pointer, String words) {
    assertThatThrownBy(
            () -> {
              BodyFields fields = nested(body);
              fields.object("one", "name").ifPresent(one -> one.text("name"));
              fields
                  .objects("many", 2, "name")
                  .ifPresent(all -> all.forEach(one -> one.text("name")));
            })
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.pointer()).isEqualTo(pointer);
              assertThat(problem.detail()).contains(words);
            });
  }

  private static BodyFields nested(String json) {
    return BodyFields.read(json.getBytes(StandardCharsets.UTF_8), "one", "many");
  }

  private static void readAll(BodyFields fields) {
    fields.text("name", 3);
    color(fields);
    fields.whole("count", 1, 3);
    fields.truth("on");
    fields.time("at");
    fields.texts("tags", 2, 3);
  }

  private static Optional<Color> color(BodyFields fields) {
    return fields.choice("color", Color.values(), color -> color.name().toLowerCase(Locale.ROOT));
  }

  private static BodyFields read(String json) {
    return BodyFields.read(
        json.getBytes(StandardCharsets.UTF_8), "name", "color", "count", "on", "at", "tags");
  }
}
