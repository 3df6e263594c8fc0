package dev.saferun.evaluator.opinion;

import dev.saferun.evaluator.FakeOpinionLog;
import dev.saferun.evaluator.SecondOpinion;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.Optional;

/** Asking as it is configured, for tests of those who let ask. */
public final class OpinionsFixture {

  private OpinionsFixture() {}

  /** As it is where nothing is configured. */
  public static Opinions nobody() {
    return opinions(Optional.empty(), "after", new FakeOpinionLog());
  }

  /** Asks that model {@code after} or {@code before}. */
  public static Opinions asking(SecondOpinion model, String when, FakeOpinionLog log) {
    return opinions(Optional.of(model), when, log);
  }

  private static Opinions opinions(Optional<SecondOpinion> model, String when, FakeOpinionLog log) {
    return new Opinions(
        model,
        new SecondOpinionConfiguration(null, when, Duration.ofSeconds(1), 1, null),
        log,
        OpenTelemetry.noop().getMeter("test"));
  }
}
