package dev.saferun.evaluator.opinion;

import static dev.saferun.evaluator.RunningEvaluator.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Opinion;
import dev.saferun.evaluator.Opinion.Absent;
import dev.saferun.evaluator.Opinion.Given;
import dev.saferun.evaluator.Opinion.Outcome;
import dev.saferun.platform.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real server: whatever a model does, there is an outcome, in time. */
class HttpSecondOpinionIT {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Check CHECK =
      new Check(
          "run-1",
          7L,
          Map.of("name", "till"),
          Map.of("tool", "pay.refund", "arguments", Map.of("amount", 50L)),
          Map.of("user_request", "Charge them 50"),
          null);

  private final FakeModel model = new FakeModel();
  private final AtomicLong nanos = new AtomicLong();
  private HttpSecondOpinion asking = asking(LONG, 16, null);

  private HttpSecondOpinion asking(Duration timeout, int concurrencyMax, @Nullable String token) {
    return new HttpSecondOpinion(
        new SecondOpinionConfiguration(
            model.url() + "/judge", "after", timeout, concurrencyMax, token),
        nanos::get);
  }

  @AfterEach
  void close() {
    asking.close();
    model.close();
  }

  @Test
  void aGoodAnswerIsAnOpinionAndTheQuestionIsTheDocumentedOne() {
    assertThat(ask()).isEqualTo(new Given(0.9, "Nobody asked.", "judge-1"));

    FakeModel.Question question = model.questions.getFirst();
    assertThat(question.path()).isEqualTo("/judge");
    assertThat(question.authorization()).isEmpty();
    assertThat(StrictJson.parse(question.body().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            StrictJson.parse(
                json(
                    "{'run_id':'run-1','agent':{'name':'till'},'action':{'tool':'pay.refund',"
                        + "'arguments':{'amount':50}},'context':{'user_request':'Charge them 50'}}")));
  }

  @Test
  void theTokenIsSent() {
    asking.close();
    asking = asking(LONG, 16, "t-0k3n");

    ask();

    assertThat(model.questions.getFirst().authorization()).containsExactly("Bearer t-0k3n");
  }

  @Test
  void aModelThatHangsTimesOutAndGivesItsPlaceBack() {
    asking.close();
    asking = asking(SHORT, 1, null);
    model.hangs = true;
    assertThat(ask()).isEqualTo(new Absent(Outcome.TIMED_OUT));

    model.hangs = false;
    assertThat(ask()).isInstanceOf(Given.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 302, 307, 401, 404, 500, 503})
  void anyOtherStatusIsRefusedAndNoRedirectIsFollowed(int status) {
    model.status = status;
    model.answer = new byte[0];

    assertThat(ask()).isEqualTo(new Absent(Outcome.REFUSED, "HTTP status " + status));
    assertThat(model.questions).hasSize(1);
  }

  @Test
  void anAnswerBeyondTheLimitIsMalformed() {
    String padded = FakeModel.GOOD + " ".repeat(OpinionLimits.ANSWER_BYTES_MAX);
    model.answer =
        padded.substring(0, OpinionLimits.ANSWER_BYTES_MAX).getBytes(StandardCharsets.UTF_8);
    assertThat(ask()).isInstanceOf(Given.class);

    model.answer =
        padded.substring(0, OpinionLimits.ANSWER_BYTES_MAX + 1).getBytes(StandardCharsets.UTF_8);
    assertThat(ask()).isEqualTo(new Absent(Outcome.MALFORMED, "more than 65536 bytes"));
  }

  @Test
  void nobodyAtTheAddressIsUnreachable() {
    model.close();

    assertThat(ask()).isEqualTo(new Absent(Outcome.UNREACHABLE, "ConnectException"));
  }

  @Test
  void moreQuestionsThanItMayHaveAreBusyAndCountAsNoFailure() {
    asking.close();
    asking = asking(LONG, 2, null);
    model.hangs = true;
    CompletableFuture<Opinion> first = later();
    CompletableFuture<Opinion> second = later();

    for (int i = 0; i < 2 * OpinionLimits.FAILURES_MAX; i++) {
      assertThat(ask()).isEqualTo(new Absent(Outcome.BUSY));
    }

    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
  }

  @Test
  void aModelThatFailsInARowIsLeftAloneAndThenFoundOutByOneQuestion() {
    failUntilItRests();
    model.status = 200;

    assertThat(ask()).isEqualTo(new Absent(Outcome.RESTING));
    nanos.addAndGet(OpinionLimits.REST.toNanos() - 1);
    assertThat(ask()).isEqualTo(new Absent(Outcome.RESTING));
    assertThat(model.questions).hasSize(OpinionLimits.FAILURES_MAX);

    nanos.incrementAndGet();
    assertThat(ask()).isInstanceOf(Given.class);
    assertThat(ask()).isInstanceOf(Given.class);
  }

  @Test
  void aModelThatFailsAgainRestsAgain() {
    failUntilItRests();
    nanos.addAndGet(OpinionLimits.REST.toNanos());

    assertThat(ask().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(ask()).isEqualTo(new Absent(Outcome.RESTING));
    assertThat(model.questions).hasSize(OpinionLimits.FAILURES_MAX + 1);
  }

  private void failUntilItRests() {
    model.status = 500;
    for (int i = 0; i < OpinionLimits.FAILURES_MAX; i++) {
      assertThat(ask().outcome()).isEqualTo(Outcome.REFUSED);
    }
  }

  private Opinion ask() {
    return later().join();
  }

  private CompletableFuture<Opinion> later() {
    return asking.ask(CHECK).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
  }
}
