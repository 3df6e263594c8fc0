package dev.saferun.evaluator.http;

import dev.saferun.evaluator.Decision;
import dev.saferun.evaluator.Effect;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.RunLog.Kept;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts decisions by effect and failing rules, and times checks from the body to the answer. */
@Singleton
final class CheckMetrics {

  private static final double NANOS_A_SECOND = 1e9;
  private static final AttributeKey<String> EFFECT = AttributeKey.stringKey("effect");
  private static final AttributeKey<Boolean> RECORDED = AttributeKey.booleanKey("recorded");
  private static final List<Double> SECONDS =
      List.of(.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1.0, 5.0);

  private final LongCounter decisions;
  private final LongCounter replays;
  private final LongCounter ruleErrors;
  private final DoubleHistogram duration;
  private final Map<Effect, Attributes> recorded = attributes(true);
  private final Map<Effect, Attributes> unrecorded = attributes(false);

  CheckMetrics(Meter meter) {
    decisions =
        meter
            .counterBuilder("saferun.decisions")
            .setDescription("Decisions made, by effect and by whether they were recorded")
            .build();
    replays =
        meter
            .counterBuilder("saferun.check.replays")
            .setDescription("Checks answered with an earlier answer, by their idempotency key")
            .build();
    ruleErrors =
        meter
            .counterBuilder("saferun.rule.errors")
            .setDescription("Rules that failed while they ran")
            .build();
    duration =
        meter
            .histogramBuilder("saferun.check.duration")
            .setDescription("From the body of a check to its answer, the record included")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(SECONDS)
            .build();
  }

  private static Map<Effect, Attributes> attributes(boolean recorded) {
    Map<Effect, Attributes> attributes = new EnumMap<>(Effect.class);
    for (Effect effect : Effect.values()) {
      attributes.put(effect, Attributes.of(EFFECT, effect.wire(), RECORDED, recorded));
    }
    return attributes;
  }

  void answered(Deciding deciding, Kept kept, long nanosTaken) {
    duration.record(nanosTaken / NANOS_A_SECOND);
    deciding.decision().ifPresentOrElse(made -> count(made, kept), () -> replays.add(1));
  }

  private void count(Decision made, Kept kept) {
    switch (kept) {
      case Kept.Durable durable -> decisions.add(1, recorded.get(made.effect()));
      case Kept.Unrecorded proceeded -> decisions.add(1, unrecorded.get(made.effect()));
      case Kept.Refused refused -> decisions.add(1, unrecorded.get(Effect.STOP));
    }
    for (Reason reason : made.reasons()) {
      if (reason.kind() == Reason.Kind.RULE_ERROR) {
        ruleErrors.add(1);
      }
    }
  }
}
