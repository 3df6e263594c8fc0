package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saferun.evaluator.Feature;
import dev.saferun.evaluator.IntentModel;
import dev.saferun.evaluator.Meanings;
import dev.saferun.evaluator.calibration.SignedRegression;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Intent Guard's model from labelled recorded runs, as {@code bin/intent-model} calls it.
 *
 * <p>What is measured of a call comes from a file without labels; the labels are read beside it and
 * by this alone. The scores that it writes for judging are cross-validated: a domain is scored by
 * models that saw neither its runs nor its injections.
 */
final class FitIntentModel {

  /**
   * Set by hand: recorded runs have no plan and no state, so nothing can be learnt about them. Each
   * contradiction alone makes a call more likely wrong than not; the six simulations and their
   * benign twins hold them in place. Nor have recorded runs a project with a history: what is
   * merely unusual stays below even odds, all of it together, and tips what something else says.
   */
  private static final Map<Feature, Double> SET =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Feature.SENT_DIFFERS, 10.0),
              Map.entry(Feature.PLAN_FLIPPED, 9.5),
              Map.entry(Feature.PLAN_DIFFERS, 8.5),
              Map.entry(Feature.STATE_DIFFERS, 8.5),
              Map.entry(Feature.OTHER_TARGET, 9.0),
              Map.entry(Feature.OPPOSITE_OF_ASKED, 8.5),
              Map.entry(Feature.OTHER_UNIT, 8.5),
              Map.entry(Feature.NOVEL_TOOL, 0.5),
              Map.entry(Feature.NOVEL_VALUE, 1.1),
              Map.entry(Feature.UNUSUAL_AMOUNT, 1.1),
              Map.entry(Feature.SECOND_OPINION, 8.5)));

  private static final double PENALTY = 0.5;

  /** There are few faults of an agent's own among the recorded ones. */
  private static final double OWN_FAULTS_COUNT = 2;

  private static final double PRECISION = 1e4;

  private final List<Example> examples = new ArrayList<>();
  private final Map<String, JsonNode> labelled = new HashMap<>();

  private record Example(
      String runId,
      long step,
      String domain,
      @Nullable Boolean bad,
      double count,
      Map<Feature, Double> features) {}

  private final Meanings meanings;

  private FitIntentModel() throws IOException {
    meanings = Meanings.patient();
  }

  /**
   * @param arguments blind runs, their ids as JSON, labelled runs, where the model is written,
   *     where the cross-validated scores are written
   */
  public static void main(String[] arguments) throws IOException {
    FitIntentModel fit = new FitIntentModel();
    fit.read(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
    fit.crossValidate(Path.of(arguments[4]));
    IntentModel model = fit.model(example -> true);
    Files.writeString(
        Path.of(arguments[3]),
        Client.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(model.toJson()) + "\n");
    System.out.println(
        Client.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(model.toJson()));
  }

  private void read(Path blind, Path ids, Path labels) throws IOException {
    try (BufferedReader lines = Score.lines(labels)) {
      String line;
      while ((line = lines.readLine()) != null) {
        JsonNode run = Client.JSON.readTree(line);
        labelled.put(run.get("run_id").asText(), run);
      }
    }
    JsonNode names = Client.JSON.readTree(ids.toFile());
    try (BufferedReader lines = Score.lines(blind)) {
      String line;
      while ((line = lines.readLine()) != null) {
        JsonNode run = Client.JSON.readTree(line);
        String runId = run.get("run_id").asText();
        add(
            runId,
            run,
            Objects.requireNonNull(
                labelled.get(names.get(runId).asText()), "a run without labels"));
      }
    }
  }

  private void add(String runId, JsonNode run, JsonNode labels) {
    Map<Long, String> byStep = new HashMap<>();
    for (JsonNode frame : labels.get("frames")) {
      byStep.put(frame.get("step").asLong(), frame.path("label").asText("unknown"));
    }
    String domain = labels.get("domain").asText();
    double count = labels.get("source").asText().startsWith("tau-bench") ? OWN_FAULTS_COUNT : 1;
    new PlayedRun(Score.policy(), meanings)
        .play(
            RecordedRun.of(run),
            (step, measured, evaluation) ->
                examples.add(
                    new Example(
                        runId, step, domain, bad(byStep.get(step)), count, measured.features())));
  }

  private static @Nullable Boolean bad(@Nullable String label) {
    boolean isUnknown = label == null || label.equals("unknown");
    return isUnknown ? null : Boolean.valueOf(!"benign".equals(label));
  }

  /** An injection belongs to one domain, so leaving the domain out leaves its injections out. */
  private void crossValidate(Path out) throws IOException {
    Set<String> domains = new TreeSet<>();
    examples.forEach(example -> domains.add(example.domain()));
    try (BufferedWriter scores = Files.newBufferedWriter(out)) {
      for (String domain : domains) {
        IntentModel model = model(example -> !example.domain().equals(domain));
        for (Example example : examples) {
          if (example.domain().equals(domain)) {
            scores.write(
                Client.JSON
                    .createObjectNode()
                    .put("run_id", example.runId())
                    .put("step", example.step())
                    .put("score", model.score(example.features()))
                    .toString());
            scores.write('\n');
          }
        }
      }
    }
  }

  private IntentModel model(Predicate<Example> wanted) {
    List<Example> known =
        examples.stream().filter(example -> example.bad() != null && wanted.test(example)).toList();
    List<Feature> features =
        java.util.Arrays.stream(Feature.values()).filter(one -> !SET.containsKey(one)).toList();
    double[][] columns = new double[features.size()][known.size()];
    boolean[] bad = new boolean[known.size()];
    double[] counts = new double[known.size()];
    for (int i = 0; i < known.size(); i++) {
      Example example = known.get(i);
      bad[i] = Boolean.TRUE.equals(example.bad());
      counts[i] = example.count();
      for (int j = 0; j < features.size(); j++) {
        columns[j][i] = example.features().getOrDefault(features.get(j), 0.0);
      }
    }
    int[] signs = features.stream().mapToInt(Feature::sign).toArray();
    SignedRegression fitted = new SignedRegression(columns, bad, counts, signs, PENALTY).fit();
    Map<Feature, Double> weights = new EnumMap<>(SET);
    for (int j = 0; j < features.size(); j++) {
      double weight = rounded(fitted.weights()[j]);
      if (weight != 0) {
        weights.put(features.get(j), weight);
      }
    }
    return new IntentModel("intent-1", rounded(fitted.intercept()), weights);
  }

  private static double rounded(double weight) {
    return Math.rint(weight * PRECISION) / PRECISION;
  }
}
