package dev.saferun.evaluator.http;

import static dev.saferun.evaluator.snapshot.SnapshotsFixture.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.EvaluatorConfiguration;
import dev.saferun.evaluator.FakeOpinionLog;
import dev.saferun.evaluator.Opinion;
import dev.saferun.evaluator.Opinion.Absent;
import dev.saferun.evaluator.Opinion.Given;
import dev.saferun.evaluator.Opinion.Outcome;
import dev.saferun.evaluator.hits.RuleHits;
import dev.saferun.evaluator.http.FakeRunLog.Ending;
import dev.saferun.evaluator.opinion.OpinionsFixture;
import dev.saferun.evaluator.snapshot.SnapshotsFixture;
import dev.saferun.platform.StrictJson;
import dev.saferun.tenancy.Mode;
import io.micronaut.http.HttpResponse;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A check whose call a model is asked about: what waits for it, and what does not. */
class SecondOpinionCheckTest {

  private static final byte[] BODY =
      "{\"run_id\":\"r\",\"action\":{\"tool\":\"t\",\"arguments\":{}}}"
          .getBytes(StandardCharsets.UTF_8);
  private static final Given NOT_ASKED_FOR = new Given(1, "Nobody asked.", "judge-1");

  private final FakeRunLog runLog = new FakeRunLog();
  private final FakeOpinionLog notes = new FakeOpinionLog();
  private final CompletableFuture<Opinion> opinion = new CompletableFuture<>();
  private final List<Check> asked = new ArrayList<>();

  @Test
  void afterTheAnswerItBecomesANoteHoweverLateItIs() {
    CheckActionController controller = controller("after");

    Map<String, @Nullable Object> answer = answer(check(controller));
    assertThat(answer).containsEntry("verdict", "allow");
    assertThat(asked).extracting(Check::runId).containsExactly("r");
    assertThat(notes.notes).isEmpty();

    opinion.complete(NOT_ASKED_FOR);
    assertThat(notes.notes)
        .containsExactly(new FakeOpinionLog.Note("r", FakeRunLog.DECISION, NOT_ASKED_FOR));
  }

  @Test
  void anOpinionThatCannotBeKeptHarmsNothing() {
    notes.fails = true;
    opinion.complete(NOT_ASKED_FOR);

    assertThat(answer(check(controller("after")))).containsEntry("verdict", "allow");
  }

  @ParameterizedTest
  @EnumSource(names = {"UNRECORDED", "REFUSED", "REPLAYED"})
  void aCallWithoutAFrameOfItsOwnIsNotAskedAboutAfterwards(Ending ending) {
    runLog.ending = ending;

    check(controller("after")).join();

    assertThat(asked).isEmpty();
  }

  @Test
  void beforeTheDecisionItIsWaitedForAndCounts() {
    CompletableFuture<HttpResponse<byte[]>> waiting = check(controller("before"));
    assertThat(waiting).isNotDone();

    opinion.complete(NOT_ASKED_FOR);

    assertThat(answer(waiting)).containsEntry("verdict", "deny").containsEntry("effect", "stop");
    assertThat(asked).hasSize(1);
    assertThat(notes.notes).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "GIVEN", mode = EnumSource.Mode.EXCLUDE)
  void beforeTheDecisionNoOpinionLeavesItAsItWas(Outcome outcome) {
    opinion.complete(new Absent(outcome));

    assertThat(answer(check(controller("before")))).containsEntry("verdict", "allow");
  }

  @Test
  void anEarlierAnswerIsGivenAgainWithoutAsking() {
    runLog.ending = Ending.REPLAYED;

    check(controller("before")).join();

    assertThat(asked).isEmpty();
  }

  private CheckActionController controller(String when) {
    SnapshotsFixture fixture = new SnapshotsFixture();
    fixture.environments.put(PRODUCTION, Mode.BLOCK);
    return new CheckActionController(
        fixture.environments,
        fixture.started(),
        runLog,
        new CheckMetrics(OpenTelemetry.noop().getMeter("test")),
        new RuleHits(InstantSource.system()),
        EvaluatorConfiguration.defaults(),
        OpinionsFixture.asking(this::ask, when, notes));
  }

  private CompletableFuture<Opinion> ask(Check check) {
    asked.add(check);
    return opinion;
  }

  private static CompletableFuture<HttpResponse<byte[]>> check(CheckActionController controller) {
    return controller.check(PRODUCTION, null, BODY).toCompletableFuture();
  }

  private static Map<String, @Nullable Object> answer(
      CompletableFuture<HttpResponse<byte[]>> checked) {
    return StrictJson.parseObject(checked.join().body());
  }
}
