package dev.saferun.evaluator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the Intent Guard measured of one call before it was decided: an input of the decision, kept
 * in its frame and never measured again.
 *
 * @param whole false where not all texts of the run could be held against the call
 * @param features what is not zero
 * @param signals what speaks against the call, strongest first; what is merely unusual comes last
 * @param origins where the values of the arguments came from
 * @param unavailable why it could not be measured; null where it was, and in frames that were kept
 *     before it was told
 * @param secondOpinion what came of asking the customer's own model before the decision; null where
 *     it was not to be asked. Its words decide nothing and stand elsewhere in the frame, so that
 *     redaction may take them
 * @param meaning how far the meaning of texts took part
 */
public record IntentReading(
    Status status,
    boolean whole,
    Map<Feature, Double> features,
    List<IntentSignal> signals,
    List<ArgumentOrigin> origins,
    @Nullable Unavailable unavailable,
    Opinion.@Nullable Outcome secondOpinion,
    Meanings.State meaning) {

  /** Whether there is anything to judge. */
  public enum Status {
    /** It was measured. */
    MEASURED,
    /** Nothing was to be measured. */
    OFF,
    /** It should have been measured and could not be. */
    UNAVAILABLE
  }

  /** Why a call could not be measured. */
  public enum Unavailable {
    /** It would have taken longer than the measurement may. */
    DEADLINE,
    /** There was more to compare than in any call of the usual kind. */
    TOO_MUCH,
    /** The measurement failed; the log says how. */
    FAULT;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Unavailable of(String wire) {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    }
  }

  public static final IntentReading OFF = empty(Status.OFF, null);

  /** It should have been measured. */
  public static IntentReading unavailable(Unavailable why) {
    return empty(Status.UNAVAILABLE, why);
  }

  /** Six digits tell all that a measurement of texts can. */
  private static final double PRECISION = 1e6;

  public IntentReading {
    Map<Feature, Double> rounded = new EnumMap<>(Feature.class);
    features.forEach(
        (feature, value) -> {
          double six = Math.rint(value * PRECISION) / PRECISION;
          if (six != 0) {
            rounded.put(feature, six);
          }
        });
    features = java.util.Collections.unmodifiableMap(rounded);
    signals = List.copyOf(signals);
    origins = List.copyOf(origins);
  }

  /** What was measured by words alone, without anybody's opinion. */
  public IntentReading(
      Status status,
      boolean whole,
      Map<Feature, Double> features,
      List<IntentSignal> signals,
      List<ArgumentOrigin> origins) {
    this(status, whole, features, signals, origins, null, null, Meanings.State.OFF);
  }

  private static IntentReading empty(Status status, @Nullable Unavailable why) {
    return new IntentReading(
        status, true, Map.of(), List.of(), List.of(), why, null, Meanings.State.OFF);
  }

  /** The same with what the customer's own model says of the call, as one more measurement. */
  public IntentReading with(Opinion opinion) {
    Map<Feature, Double> measured = new EnumMap<>(Feature.class);
    measured.putAll(features);
    List<IntentSignal> speaking = new ArrayList<>(signals);
    if (opinion instanceof Opinion.Given given) {
      measured.put(Feature.SECOND_OPINION, given.score());
      if (given.score() >= Opinion.SPEAKS_FROM) {
        int stronger = 0;
        while (stronger < speaking.size() && speaking.get(stronger).strength() >= given.score()) {
          stronger++;
        }
        speaking.add(
            stronger, new IntentSignal(IntentSignal.Kind.SECOND_OPINION, given.score(), "", null));
      }
    }
    return new IntentReading(
        status, whole, measured, speaking, origins, unavailable, opinion.outcome(), meaning);
  }

  /**
   * Where the value at that pointer within the arguments came from; of a list, an object, or a text
   * of several parts, the origin to be wariest of. Empty where there is no such value.
   */
  public Optional<Origin> origin(String argument) {
    Origin found = null;
    for (ArgumentOrigin one : origins) {
      if (one.argument().equals(argument) || one.argument().startsWith(argument + "/")) {
        found = found == null ? one.origin() : found.warier(one.origin());
      }
    }
    return Optional.ofNullable(found);
  }

  /**
   * Why the call parts from what was asked, as far as was recorded. What the program altered goes
   * before all else, then what somebody else told the agent to do: both explain what the model did.
   */
  public Finding cause() {
    Finding found = Finding.NONE;
    for (IntentSignal signal : signals) {
      Cause cause = signal.cause(origin(signal.argument()).orElse(Origin.UNKNOWN));
      if (rank(cause) < rank(found.cause())) {
        found = new Finding(cause, signal);
      }
    }
    return found;
  }

  /** The same, for a kept decision, which may say that the call was one of many. */
  public Finding causeWithin(Map<String, @Nullable Object> decision) {
    Finding measured = cause();
    boolean repeats =
        new JsonFields(decision, "/decision")
            .objects("reasons").stream()
                .anyMatch(
                    reason ->
                        IntentSignal.Kind.REPEATED
                            .wire()
                            .equals(reason.object("details").tree().get("signal")));
    return repeats && measured.cause() == Cause.UNDETERMINED
        ? new Finding(Cause.MODEL, new IntentSignal(IntentSignal.Kind.REPEATED, 1, "", null))
        : measured;
  }

  private static int rank(Cause cause) {
    return switch (cause) {
      case CODE -> 0;
      case PROMPT_INJECTION -> 1;
      case MISREAD_CONTEXT -> 2;
      case MODEL -> 3;
      case UNDETERMINED -> 4;
    };
  }

  /**
   * A cause and what shows it.
   *
   * @param signal null where nothing tells
   */
  public record Finding(Cause cause, @Nullable IntentSignal signal) {
    static final Finding NONE = new Finding(Cause.UNDETERMINED, null);
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("status", status.name().toLowerCase(Locale.ROOT));
    if (unavailable != null) {
      json.put("reason", unavailable.wire());
    }
    json.put("whole", whole);
    Map<String, @Nullable Object> measured = new LinkedHashMap<>();
    features.forEach((feature, value) -> measured.put(feature.wire(), value));
    json.put("features", measured);
    json.put("signals", signals.stream().map(IntentSignal::toJson).toList());
    json.put("origins", origins.stream().map(ArgumentOrigin::toJson).toList());
    if (secondOpinion != null) {
      json.put("second_opinion", secondOpinion.wire());
    }
    if (meaning != Meanings.State.OFF) {
      json.put("meaning", meaning.wire());
    }
    return json;
  }

  /**
   * The reading that stands in a frame's state of the run; {@link #OFF} where there is none.
   *
   * @throws RuntimeException when redaction took a part of it
   */
  public static IntentReading inRun(Map<String, @Nullable Object> run) {
    JsonFields fields = new JsonFields(run, "/run");
    return fields.has("intent") ? of(fields.object("intent")) : OFF;
  }

  static IntentReading of(JsonFields fields) {
    Map<Feature, Double> features = new EnumMap<>(Feature.class);
    fields
        .object("features")
        .forEachNumber((name, value) -> features.put(Feature.of(name), value.doubleValue()));
    return new IntentReading(
        Status.valueOf(fields.text("status").toUpperCase(Locale.ROOT)),
        fields.flag("whole"),
        features,
        fields.objects("signals").stream().map(IntentSignal::of).toList(),
        fields.objects("origins").stream().map(ArgumentOrigin::of).toList(),
        fields.has("reason") ? Unavailable.of(fields.text("reason")) : null,
        fields.has("second_opinion") ? Opinion.Outcome.of(fields.text("second_opinion")) : null,
        fields.has("meaning") ? Meanings.State.of(fields.text("meaning")) : Meanings.State.OFF);
  }
}
