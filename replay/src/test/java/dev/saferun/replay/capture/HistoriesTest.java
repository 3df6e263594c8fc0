package dev.saferun.replay.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Earlier;
import dev.saferun.evaluator.HistoryLimits;
import dev.saferun.evaluator.IntentDeadline;
import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.ProjectHistory;
import dev.saferun.evaluator.RunTexts;
import dev.saferun.replay.capture.PastCalls.PastCall;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Histories are made again from the database, beside the calls. */
class HistoriesTest {

  private static final UUID ORGANIZATION = new UUID(1, 1);

  private final FakePast past = new FakePast();
  private final List<Runnable> later = new ArrayList<>();
  private final CompletableFuture<Void> drained = CompletableFuture.completedFuture(null);

  private Histories histories(CompletableFuture<Void> drain) {
    return new Histories(past, () -> drain, InstantSource.system(), later::add);
  }

  @Test
  void isMadeFromAllPagesOfWhatWasAllowed() {
    allow(250);

    ProjectHistory history = histories(drained).of(run(1));

    assertThat(told(history)).containsExactly(new Earlier(250, 1));
  }

  @Test
  void tellsNothingUntilTheDatabaseHasWhatWasDurable() {
    allow(250);
    CompletableFuture<Void> drain = new CompletableFuture<>();

    ProjectHistory history = histories(drain).of(run(1));
    assertThat(told(history)).isEmpty();
    drain.complete(null);

    assertThat(told(history)).isNotEmpty();
  }

  @Test
  void asksAgainWhereTheDatabaseWasAwayAndCountsNothingTwice() {
    allow(250);
    past.awayAfter = 2;

    ProjectHistory history = histories(drained).of(run(1));
    assertThat(told(history)).isEmpty();
    past.awayAfter = Integer.MAX_VALUE;
    later.removeFirst().run();

    assertThat(told(history)).containsExactly(new Earlier(250, 1));
  }

  @Test
  void takesTheNewestOnly() {
    allow(HistoryLimits.REBUILT_CALLS_MAX + 150);

    ProjectHistory history = histories(drained).of(run(1));

    assertThat(told(history)).containsExactly(new Earlier(HistoryLimits.REBUILT_CALLS_MAX, 1));
  }

  @Test
  void aProjectHasOneAndTooManyForgetTheOneThatWasIdleLongest() {
    Histories histories = histories(drained);
    ProjectHistory first = histories.of(run(1));
    assertThat(histories.of(run(1))).isSameAs(first);

    for (int i = 0; i < HistoryLimits.PROJECTS_MAX; i++) {
      histories.of(run(2 + i));
    }

    assertThat(histories.of(run(1))).isNotSameAs(first);
  }

  private static RunKey run(long project) {
    return new RunKey(ORGANIZATION, new UUID(2, project), new UUID(3, project), "run");
  }

  private void allow(int calls) {
    for (int i = 0; i < calls; i++) {
      past.allowed.add(new PastCall(call("mail.send"), null));
    }
  }

  private static List<Earlier> told(ProjectHistory history) {
    return new RunTexts(true)
        .read(call("db.drop"), 1, null, history, IntentDeadline.NONE).signals().stream()
            .filter(signal -> signal.kind() == IntentSignal.Kind.NOVEL_TOOL)
            .map(IntentSignal::earlier)
            .toList();
  }

  private static Check call(String tool) {
    return new Check(
        "run",
        null,
        Map.of(),
        Map.of("tool", tool, "arguments", Map.of("to", "bo")),
        Map.of(),
        null);
  }
}
