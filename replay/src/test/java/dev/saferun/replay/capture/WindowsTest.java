package dev.saferun.replay.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.WindowReading;
import dev.saferun.evaluator.WindowScope;
import dev.saferun.evaluator.WindowUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class WindowsTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final UUID PRODUCTION = new UUID(1, 3);

  private final Windows windows = new Windows(100, START);

  private static RunKey run(UUID environment, String name) {
    return new RunKey(new UUID(1, 1), new UUID(1, 2), environment, name);
  }

  private static WindowUse calls(WindowScope scope) {
    return new WindowUse("calls", scope, Duration.ofMinutes(1), 1);
  }

  private double used(String run, String agent, WindowScope scope, Instant at) {
    return windows.add(run(PRODUCTION, run), agent, List.of(calls(scope)), at).getFirst().used();
  }

  @Test
  void eachScopeCountsItsOwn() {
    for (WindowScope scope : WindowScope.values()) {
      assertThat(used("r", "a", scope, START)).isZero();
    }
    assertThat(used("r2", "a", WindowScope.RUN, START)).isZero();
    assertThat(used("r2", "a", WindowScope.AGENT, START)).isEqualTo(1);
    assertThat(used("r2", "b", WindowScope.AGENT, START)).isZero();
    assertThat(used("r2", "b", WindowScope.PROJECT, START)).isEqualTo(1);
    assertThat(
            windows
                .add(run(new UUID(9, 9), "r"), "a", List.of(calls(WindowScope.PROJECT)), START)
                .getFirst()
                .used())
        .as("another environment")
        .isZero();
  }

  /** Against a list of all that was added: never more than that, never less than 59/60 of it. */
  @Test
  void slidesAlong() {
    Random random = new Random(5);
    SlidingCount count = new SlidingCount(60_000);
    Deque<long[]> added = new ArrayDeque<>();
    long now = START.toEpochMilli();
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(random.nextInt(50) == 0 ? 90_000 : 900);
      long from = now - 60_000;
      added.removeIf(one -> one[0] <= from);
      long all = added.stream().mapToLong(one -> one[1]).sum();
      long surely =
          added.stream().filter(one -> one[0] > from + 1_000).mapToLong(one -> one[1]).sum();
      long amount = random.nextInt(9);
      assertThat(count.add(now, (double) amount)).isBetween((double) surely, (double) all);
      added.add(new long[] {now, amount});
    }
  }

  @Test
  void timeThatGoesBackIsTheLatestTime() {
    assertThat(used("r", "a", WindowScope.RUN, START)).isZero();
    assertThat(used("r", "a", WindowScope.RUN, START.minusSeconds(600))).isEqualTo(1);
    assertThat(used("r", "a", WindowScope.RUN, START)).isEqualTo(2);
  }

  @Test
  void whatACallDidNotUseIsGivenBack() {
    RunKey run = run(PRODUCTION, "r");
    List<WindowReading> readings = windows.add(run, "a", List.of(calls(WindowScope.AGENT)), START);
    windows.takeBack(run, "a", readings, START);
    assertThat(used("r", "a", WindowScope.AGENT, START)).isZero();
  }

  @Test
  void aReadingIsWholeWhenTheCountingIsOlderThanTheWindow() {
    RunKey run = run(PRODUCTION, "r");
    List<WindowUse> uses = List.of(calls(WindowScope.AGENT));
    assertThat(windows.add(run, "a", uses, START.plusSeconds(59)).getFirst().whole()).isFalse();
    assertThat(windows.add(run, "a", uses, START.plusSeconds(60)).getFirst().whole()).isTrue();
  }

  @Test
  void countersAreBounded() {
    for (int i = 0; i < 1_000; i++) {
      used("r" + i, "a", WindowScope.RUN, START.plusSeconds(600));
      assertThat(windows.size()).isLessThanOrEqualTo(100);
    }
    assertThat(
            windows
                .add(
                    run(PRODUCTION, "r"),
                    "a",
                    List.of(calls(WindowScope.RUN)),
                    START.plusSeconds(601))
                .getFirst()
                .whole())
        .as("what was counted had to leave")
        .isFalse();
  }

  @Test
  void twoCallsAtOnceNeverReadTheSame() {
    ConcurrentSkipListSet<Double> readings = new ConcurrentSkipListSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 1_000; i++) {
        threads.execute(() -> readings.add(used("r", "a", WindowScope.PROJECT, START)));
      }
    }
    assertThat(readings).hasSize(1_000);
  }
}
