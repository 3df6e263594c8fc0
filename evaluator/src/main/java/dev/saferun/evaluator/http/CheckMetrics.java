package dev.saferun.evaluator.http;

import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.RunLog.Kept;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import jakarta.inject.Singleton;
import java.util.List;

/** What checks cost and what they were answered. */
@Singleton
final class CheckMetrics {

  private static final AttributeKey<Boolean> RECORDED = AttributeKey.booleanKey("recorded");
  private static final AttributeKey<String> EFFECT = AttributeKey.stringKey("effect");
  private static final Attributes DURABLE = Attributes.of(RECORDED, true);
  private static final Attributes NOT_DURABLE = Attributes.of(RECORDED, false);
  private static final List<Double> SECONDS =
      List.of(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0);

  private final DoubleHistogram seconds;
  private final LongCounter decisions;

  CheckMetrics(Meter meter) {
    this.seconds =
        meter
            .histogramBuilder("saferun.check.duration")
            .setUnit("s")
            .setDescription("From the body's arrival to the answer, with the frame durable")
            .setExplicitBucketBoundariesAdvice(SECONDS)
            .build();
    this.decisions =
        meter
            .counterBuilder("saferun.decisions")
            .setDescription("Decisions made, by effect")
            .build();
  }

  void decided(Decision decision) {
    decisions.add(1, Attributes.of(EFFECT, decision.effect().wire()));
  }

  void answered(Kept kept, long nanos) {
    seconds.record(nanos / 1e9, kept instanceof Kept.Durable ? DURABLE : NOT_DURABLE);
  }
}
