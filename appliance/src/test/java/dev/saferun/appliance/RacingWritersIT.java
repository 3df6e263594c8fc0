package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many who write the same thing at once: one makes it, and nobody's change is lost. */
class RacingWritersIT {

  private static final int RACERS = 16;
  private static final int ROUNDS = 5;

  private static final String RULE =
      "{\"condition\": \"action.tool == 'x'\", \"verdict\": \"deny\", \"message\": \"Stopped.\"}";

  private final RunningAppliance appliance = RunningAppliance.get();
  private final Api admin = appliance.admin();
  private final String project = appliance.newProject();

  /** What can be made by PUT, and whether whoever comes second is told the same or refused. */
  enum Kind {
    PROJECT("/v1/projects/", "{}", 200),
    ENVIRONMENT("/v1/projects/PROJECT/environments/", "{}", 200),
    RULE("/v1/projects/PROJECT/rules/", RacingWritersIT.RULE, 200),
    // Its first key is shown once, so the second cannot be given the same.
    ORGANIZATION("/v1/organizations/", "{}", 409);

    private final String collection;
    private final String body;
    private final int second;

    Kind(String collection, String body, int second) {
      this.collection = collection;
      this.body = body;
      this.second = second;
    }

    String newName(String project) {
      return collection.replace("PROJECT", project) + "new-" + UUID.randomUUID();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void oneMakesItAndTheOthersFindIt(Kind kind) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String path = kind.newName(project);

      List<Api.Answer> answers =
          race(Collections.nCopies(RACERS, () -> admin.put(path, kind.body)));

      List<Api.Answer> made = answers.stream().filter(one -> one.status() == 201).toList();
      assertThat(made).as("who made %s", path).hasSize(1);
      assertThat(answers)
          .as("the others, of %s", path)
          .filteredOn(one -> one.status() != 201)
          .allSatisfy(other -> assertSecond(kind, made.getFirst().body(), other));
    }
  }

  private static void assertSecond(Kind kind, JsonNode made, Api.Answer other) {
    assertThat(other.status()).as(other.text()).isEqualTo(kind.second);
    if (kind.second == 200) {
      assertThat(other.body()).isEqualTo(made);
    } else {
      assertThat(other.body().get("code").asText()).isEqualTo("organization-name-taken");
    }
  }

  @Test
  void changesOfDifferentSettingsAllStand() throws Exception {
    String path = "/v1/projects/" + project + "/environments/development";
    List<String> changes =
        List.of(
            "{\"mode\": \"block\"}",
            "{\"on_overflow\": \"stop\"}",
            "{\"on_error\": \"deny\"}",
            "{\"requests_per_second_max\": 4321}");

    assertThat(
            race(
                changes.stream()
                    .<Callable<Api.Answer>>map(to -> () -> admin.put(path, to))
                    .toList()))
        .extracting(Api.Answer::status)
        .containsOnly(200);

    JsonNode settings = admin.get(path).body();
    for (String change : changes) {
      JsonNode wanted = Api.JSON.readTree(change);
      wanted
          .fieldNames()
          .forEachRemaining(
              name -> assertThat(settings.get(name)).as(name).isEqualTo(wanted.get(name)));
    }
  }

  @Test
  void eachVersionOfARuleIsWrittenByOne() throws Exception {
    String path = "/v1/projects/" + project + "/rules/contended";
    List<Callable<Api.Answer>> writers = new ArrayList<>();
    for (int writer = 0; writer < RACERS; writer++) {
      String rule = RULE.replace("'x'", "'tool-" + writer + "'");
      writers.add(() -> admin.put(path, rule));
    }

    List<Integer> versions =
        race(writers).stream().map(answer -> answer.body().path("version").asInt()).toList();

    assertThat(versions).doesNotHaveDuplicates();
    assertThat(admin.get(path).body().get("version").asInt()).isEqualTo(RACERS);
  }

  /** Lets all go at one moment. */
  private static List<Api.Answer> race(List<Callable<Api.Answer>> racers) throws Exception {
    CyclicBarrier line = new CyclicBarrier(racers.size());
    List<Callable<Api.Answer>> lined = new ArrayList<>();
    for (Callable<Api.Answer> racer : racers) {
      lined.add(
          () -> {
            line.await();
            return racer.call();
          });
    }
    List<Api.Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(racers.size())) {
      for (Future<Api.Answer> answer : threads.invokeAll(lined)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }
}
