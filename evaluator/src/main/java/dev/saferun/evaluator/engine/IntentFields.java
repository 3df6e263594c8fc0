package dev.saferun.evaluator.engine;

import dev.cel.common.types.CelType;
import dev.cel.common.values.StructValue;
import dev.saferun.evaluator.Feature;
import dev.saferun.evaluator.IntentReading;
import dev.saferun.evaluator.IntentScore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code intent}: what the Intent Guard said of the call, and what it measured. */
@SuppressWarnings(
    "Immutable") // It lives for one decision, in which nothing of the request changes.
final class IntentFields extends StructValue<String, Object> {

  private final Inputs inputs;

  IntentFields(Inputs inputs) {
    this.inputs = inputs;
  }

  @Override
  public Object select(String field) {
    return read(field, inputs);
  }

  /** The score of a guard that did not judge is 0; {@code available} says whether it did. */
  static Object read(String field, Inputs inputs) {
    IntentReading reading = inputs.progress().before().intent();
    if (reading.status() == IntentReading.Status.OFF) {
      throw RuleFailure.of(RuleError.UNKNOWN_VALUE);
    }
    IntentScore score = inputs.score();
    return switch (field) {
      case "available" -> score != null && score.isAvailable();
      case "score" -> score == null ? 0.0 : score.score();
      case "signals" ->
          reading.signals().stream().map(signal -> signal.kind().wire()).distinct().toList();
      case "features" -> features(reading);
      case "whole" -> reading.whole();
      default -> throw RuleFailure.of(RuleError.NO_SUCH_FIELD);
    };
  }

  private static Map<String, Double> features(IntentReading reading) {
    Map<String, Double> features = new LinkedHashMap<>();
    for (Feature feature : Feature.values()) {
      features.put(feature.wire(), reading.features().getOrDefault(feature, 0.0));
    }
    return features;
  }

  @Override
  public Optional<Object> find(String field) {
    return Optional.of(select(field));
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return false;
  }

  @Override
  public CelType celType() {
    return Vocabulary.typeOf("intent");
  }
}
