package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.Feature;
import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.IntentSignal.Kind;
import dev.saferun.evaluator.TextPlace;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds by name where a call does not fit the plan and the state that came with it: fields of one
 * name with different values, a flag that the tool's name denies, an operation that the tool is
 * not, an amount in another unit, a target that the state calls something else than the plan.
 */
final class Contradictions {

  private static final Set<String> OPERATION_NAMES =
      Set.of("operation", "action", "tool", "method");
  private static final Map<String, Integer> CENTS_BY_UNIT =
      Map.of("cents", 1, "usd", 100, "eur", 100, "dollars", 100, "euros", 100);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int LEAVES_MAX = 256;

  private final long frame;
  private final String tool;
  private final ToolWords words;
  private final Map<String, @Nullable Object> arguments;
  private final List<IntentSignal> signals = new ArrayList<>();
  private final Map<Feature, Double> features = new EnumMap<>(Feature.class);

  Contradictions(
      long frame, String tool, ToolWords words, Map<String, @Nullable Object> arguments) {
    this.frame = frame;
    this.tool = tool;
    this.words = words;
    this.arguments = leaves(arguments);
  }

  List<IntentSignal> signals() {
    return signals;
  }

  Map<Feature, Double> features() {
    return features;
  }

  void compare(@Nullable Object plan, @Nullable Object state) {
    Map<String, @Nullable Object> planned = leaves(plan);
    Map<String, @Nullable Object> stated = leaves(state);
    planned.forEach(this::compareWithTool);
    compare("/context/plan", Kind.PLAN_DIFFERS, Feature.PLAN_DIFFERS, planned);
    compare("/context/state", Kind.STATE_DIFFERS, Feature.STATE_DIFFERS, stated);
    if (!words.reads()) {
      compareTargets(planned, stated);
    }
  }

  private void add(Kind kind, Feature feature, String argument, String pointer) {
    signals.add(new IntentSignal(kind, 1, argument, new TextPlace(frame, pointer, 0, 0)));
    features.put(feature, 1.0);
  }

  /** The values that are not objects, by their pointers. */
  private static Map<String, @Nullable Object> leaves(@Nullable Object tree) {
    Map<String, @Nullable Object> leaves = new LinkedHashMap<>();
    collect("", tree, leaves);
    return leaves;
  }

  private static void collect(
      String pointer, @Nullable Object tree, Map<String, @Nullable Object> leaves) {
    if (tree instanceof Map<?, ?> object) {
      object.forEach(
          (name, value) ->
              collect(
                  pointer + "/" + String.valueOf(name).replace("~", "~0").replace("/", "~1"),
                  value,
                  leaves));
    } else if (!pointer.isEmpty() && leaves.size() < LEAVES_MAX) {
      leaves.put(pointer, tree);
    }
  }

  private void compareWithTool(String pointer, @Nullable Object value) {
    String name = lastPart(pointer);
    boolean denied = Boolean.FALSE.equals(value) && toolSays(name.replaceFirst("^is_", ""));
    boolean another =
        value instanceof String operation && OPERATION_NAMES.contains(name) && !toolSays(operation);
    if (denied || another) {
      add(Kind.PLAN_FLIPPED, Feature.PLAN_FLIPPED, "", "/context/plan" + pointer);
    }
  }

  /** Whether the tool's name has these words in it, one after the other. */
  private boolean toolSays(String text) {
    String said = "_" + words(text) + "_";
    return said.length() > 2 && ("_" + words(tool) + "_").contains(said);
  }

  private void compare(
      String where, Kind kind, Feature feature, Map<String, @Nullable Object> said) {
    said.forEach(
        (pointer, value) ->
            arguments.forEach(
                (argument, given) -> {
                  if (isSameThing(pointer, argument)
                      && isDifferent(pointer, value, argument, given)
                      && !isSaidElsewhere(said, argument, given)) {
                    differs(where + pointer, kind, feature, value, argument, given);
                  }
                }));
  }

  private void differs(
      String pointer,
      Kind kind,
      Feature feature,
      @Nullable Object value,
      String argument,
      @Nullable Object given) {
    if (isHundredfold(value, given)) {
      if (!words.minorUnits()) {
        add(Kind.OTHER_UNIT, Feature.OTHER_UNIT, argument, pointer);
      }
    } else if (value instanceof Boolean && given instanceof Boolean) {
      add(Kind.PLAN_FLIPPED, Feature.PLAN_FLIPPED, argument, pointer);
    } else if (isPlain(value) && isPlain(given)) {
      add(kind, feature, argument, pointer);
    }
  }

  /** Prose is put differently each time. */
  private static boolean isPlain(@Nullable Object value) {
    return !(value instanceof List) && !(value instanceof String text && text.contains(" "));
  }

  private static boolean isHundredfold(@Nullable Object one, @Nullable Object other) {
    if (!(one instanceof Number first) || !(other instanceof Number second)) {
      return false;
    }
    BigDecimal left = decimal(first);
    BigDecimal right = decimal(second);
    return left.signum() != 0
        && (left.multiply(HUNDRED).compareTo(right) == 0
            || right.multiply(HUNDRED).compareTo(left) == 0);
  }

  private static boolean isSaidElsewhere(
      Map<String, @Nullable Object> said, String argument, @Nullable Object given) {
    return said.entrySet().stream()
        .anyMatch(
            other ->
                isSameThing(other.getKey(), argument)
                    && !isDifferent(other.getKey(), other.getValue(), argument, given));
  }

  private static boolean isSameThing(String said, String argument) {
    return stem(lastPart(said)).equals(stem(lastPart(argument)));
  }

  private static boolean isDifferent(
      String said, @Nullable Object value, String argument, @Nullable Object given) {
    if (!(value instanceof Number first) || !(given instanceof Number second)) {
      boolean sameWord =
          value instanceof String one
              && given instanceof String other
              && one.equalsIgnoreCase(other);
      return !sameWord && !Objects.equals(value, given);
    }
    Integer saidUnit = unit(lastPart(said));
    Integer givenUnit = unit(lastPart(argument));
    BigDecimal left = decimal(first);
    BigDecimal right = decimal(second);
    if (saidUnit != null && givenUnit != null) {
      left = left.multiply(BigDecimal.valueOf(saidUnit));
      right = right.multiply(BigDecimal.valueOf(givenUnit));
    }
    return left.compareTo(right) != 0;
  }

  private static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString());
  }

  /**
   * The state says what an argument's value is ("pg-main": "production"), and says it of another
   * value, too; the plan names that other one ("staging").
   */
  private void compareTargets(
      Map<String, @Nullable Object> planned, Map<String, @Nullable Object> stated) {
    arguments.forEach(
        (argument, given) -> {
          if (given instanceof String target) {
            stated.forEach(
                (pointer, is) -> {
                  if (lastPart(pointer).equals(target)
                      && is instanceof String
                      && !planned.containsValue(is)
                      && aSiblingIsPlanned(pointer, stated, planned)) {
                    add(
                        Kind.OTHER_TARGET,
                        Feature.OTHER_TARGET,
                        argument,
                        "/context/state" + pointer);
                  }
                });
          }
        });
  }

  private static boolean aSiblingIsPlanned(
      String pointer, Map<String, @Nullable Object> stated, Map<String, @Nullable Object> planned) {
    String parent = pointer.substring(0, pointer.lastIndexOf('/') + 1);
    return stated.entrySet().stream()
        .anyMatch(
            other ->
                other.getKey().startsWith(parent)
                    && !other.getKey().equals(pointer)
                    && other.getValue() instanceof String
                    && planned.containsValue(other.getValue()));
  }

  private static String words(String text) {
    return text.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "_")
        .replaceAll("^_|_$", "");
  }

  private static String stem(String name) {
    String words = words(name);
    int end = words.lastIndexOf('_');
    return end > 0 && unit(name) != null ? words.substring(0, end) : words;
  }

  private static @Nullable Integer unit(String name) {
    String words = words(name);
    return CENTS_BY_UNIT.get(words.substring(words.lastIndexOf('_') + 1));
  }

  private static String lastPart(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }
}
