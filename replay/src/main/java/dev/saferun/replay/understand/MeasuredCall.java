package dev.saferun.replay.understand;

import dev.saferun.evaluator.Feature;
import dev.saferun.evaluator.IntentReading;
import dev.saferun.platform.StrictJson;
import dev.saferun.replay.capture.Evidence;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a recorded call's evidence keeps of its measurement. */
record MeasuredCall(String tool, String verdict, Map<Feature, Double> features) {

  private static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  /** Empty where nothing was measured, or redaction took a part of it. */
  static Optional<MeasuredCall> of(byte[] evidence) {
    try {
      Map<String, @Nullable Object> frame = Evidence.object(StrictJson.parse(evidence, DEPTH_MAX));
      IntentReading reading = IntentReading.inRun(Evidence.object(frame.get("run")));
      return reading.status() == IntentReading.Status.MEASURED
          ? Optional.of(
              new MeasuredCall(
                  String.valueOf(Evidence.object(frame.get("action")).get("tool")),
                  String.valueOf(Evidence.object(frame.get("decision")).get("verdict")),
                  reading.features()))
          : Optional.empty();
    } catch (RuntimeException redacted) {
      return Optional.empty();
    }
  }
}
