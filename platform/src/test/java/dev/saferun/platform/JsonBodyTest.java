package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {

  enum OnFull {
    STOP,
    GO_ON
  }

  record Tool(String name, Map<String, @Nullable Object> arguments) {
    Tool {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a tool has a name");
      }
    }
  }

  record Sample(
      String runId,
      long count,
      boolean active,
      OnFull onFull,
      Tool tool,
      List<String> tags,
      @Nullable Integer step,
      @Nullable UUID id,
      @Nullable Instant at,
      @Nullable Double share,
      @Nullable Object state) {}

  private static final String FULL =
      """
      {"run_id":"r","count":3,"active":true,"on_full":"go_on",
       "tool":{"name":"t","arguments":{"a":null,"b":[1]}},"tags":["x"]}""";

  @Test
  void readsARecord() {
    Sample sample = read(FULL);
    assertThat(sample.runId()).isEqualTo("r");
    assertThat(sample.onFull()).isEqualTo(OnFull.GO_ON);
    assertThat(sample.tool().arguments()).containsEntry("b", List.of(1L)).containsKey("a");
    assertThat(sample.step()).isNull();
  }

  @Test
  void readsOptionalComponents() {
    Sample sample =
        read(
            with(
                """
                "step":4,"id":"01890000-0000-7000-8000-000000000000",
                "at":"2026-11-23T10:00:00Z","share":1,"state":{"k":"v"}"""));
    assertThat(sample.step()).isEqualTo(4);
    assertThat(sample.at()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
    assertThat(sample.share()).isEqualTo(1.0);
    assertThat(sample.state()).isEqualTo(Map.of("k", "v"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"more\":1 | /more",
        "\"a/b~c\":1 | /a~1b~0c",
        "\"step\":2147483648 | /step",
        "\"step\":1.5 | /step",
        "\"step\":\"1\" | /step",
        "\"id\":\"x\" | /id",
        "\"at\":\"yesterday\" | /at"
      })
  void refusesWithThePlace(String member, String pointer) {
    refused(with(member), pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"run_id\":\"r\" | \"run_id\":null | /run_id",
        "\"run_id\":\"r\", | `` | /run_id",
        "\"run_id\":\"r\" | \"runId\":\"r\" | /runId",
        "\"count\":3 | \"count\":\"3\" | /count",
        "\"active\":true | \"active\":1 | /active",
        "\"go_on\" | \"GO_ON\" | /on_full",
        "\"name\":\"t\" | \"name\":\"\" | /tool",
        "\"name\":\"t\" | \"name\":\"t\",\"x\":1 | /tool/x",
        "[\"x\"] | [\"x\",null] | /tags/1",
        "[\"x\"] | {} | /tags"
      })
  void refusesAWrongPart(String part, String wrong, String pointer) {
    assertThat(FULL).contains(part);
    refused(FULL.replace(part, wrong), pointer);
  }

  @Test
  void refusesWhatIsNoObject() {
    refused("[]", "");
    refused("null", "");
  }

  private static String with(String members) {
    return FULL.substring(0, FULL.length() - 1) + "," + members + "}";
  }

  private static void refused(String json, String pointer) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(CommonProblem.INVALID_FIELD);
              assertThat(problem.pointer()).isEqualTo(pointer);
            });
  }

  private static Sample read(String json) {
    return JsonBody.read(json.getBytes(StandardCharsets.UTF_8), Sample.class);
  }
}
