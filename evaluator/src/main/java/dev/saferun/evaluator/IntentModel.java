package dev.saferun.evaluator;

import dev.saferun.evaluator.calibration.Calibrator;
import dev.saferun.platform.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How what was measured of a call becomes the probability that it is not what the user asked for: a
 * logistic regression, so each feature's part in it can be said.
 *
 * @param name names the model in decisions
 * @param weights of the features that count
 * @param calibrator what makes the sum a probability that holds on a project's own labels
 */
public record IntentModel(
    String name, double intercept, Map<Feature, Double> weights, Calibrator calibrator) {

  /** The one that the product has; {@code make intent-model} makes it again. */
  public static final IntentModel STANDARD = standard();

  private static final double PRECISION = 1e6;

  /** As it was fitted. */
  public IntentModel(String name, double intercept, Map<Feature, Double> weights) {
    this(name, intercept, weights, new Calibrator.Identity());
  }

  public IntentModel {
    weights = java.util.Collections.unmodifiableMap(new EnumMap<>(weights));
  }

  private static IntentModel standard() {
    try (InputStream stream = IntentModel.class.getResourceAsStream("intent/model.json")) {
      return fromJson(StrictJson.parseObject(Objects.requireNonNull(stream).readAllBytes()));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** The probability, to six digits; the same on every machine. */
  public double score(Map<Feature, Double> features) {
    double sum = intercept;
    for (Map.Entry<Feature, Double> feature : features.entrySet()) {
      sum += weights.getOrDefault(feature.getKey(), 0.0) * feature.getValue();
    }
    double probability = calibrator.probability(1 / (1 + StrictMath.exp(-sum)));
    return Math.rint(PRECISION * probability) / PRECISION;
  }

  /** The same model as it was fitted. */
  public IntentModel uncalibrated() {
    return new IntentModel(name, intercept, weights);
  }

  /** The same model under another name, calibrated. */
  public IntentModel calibrated(String newName, Calibrator by) {
    return new IntentModel(newName, intercept, weights, by);
  }

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("intercept", intercept);
    Map<String, @Nullable Object> byFeature = new LinkedHashMap<>();
    weights.forEach((feature, weight) -> byFeature.put(feature.wire(), weight));
    json.put("weights", byFeature);
    if (!(calibrator instanceof Calibrator.Identity)) {
      json.put("calibrator", calibrator.toJson());
    }
    return json;
  }

  /** The model that {@link #toJson} wrote. */
  public static IntentModel fromJson(Map<String, @Nullable Object> json) {
    JsonFields fields = new JsonFields(json, "");
    Map<Feature, Double> weights = new EnumMap<>(Feature.class);
    fields
        .object("weights")
        .forEachNumber((name, weight) -> weights.put(Feature.of(name), weight.doubleValue()));
    return new IntentModel(
        fields.text("name"),
        fields.number("intercept"),
        weights,
        Calibrator.of(fields.object("calibrator").tree()));
  }
}
