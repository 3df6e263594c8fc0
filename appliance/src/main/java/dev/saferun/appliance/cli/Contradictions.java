package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds by name where a call does not fit what was said before it: fields of one name with
 * different values, a flag that the tool's name denies, an operation that the tool is not, an
 * amount in another unit. It helps an eye to see; it decides nothing, and what it does not find may
 * still be wrong.
 */
final class Contradictions {

  /** How a call does not fit. */
  enum Kind {
    /** A yes became a no, or the other way round. */
    FLIPPED,
    /** Two values of one thing. */
    DIFFERS
  }

  /**
   * One thing that does not fit.
   *
   * @param where {@code plan} or {@code state}
   * @param said the name of the field there
   * @param called the name of the argument, or {@code tool}
   */
  record Contradiction(
      Kind kind, String where, String said, String saidValue, String called, String calledValue) {}

  /** The name under which the tool itself stands beside the arguments. */
  static final String TOOL = "tool";

  private static final Set<String> OPERATION_NAMES =
      Set.of("operation", "action", "tool", "method");
  private static final Map<String, Integer> CENTS_BY_UNIT =
      Map.of("cents", 1, "usd", 100, "eur", 100, "dollars", 100, "euros", 100);

  private final String tool;
  private final Map<String, JsonNode> arguments;
  private final List<Contradiction> found = new ArrayList<>();

  private Contradictions(JsonNode action) {
    this.tool = action.path("tool").asText();
    this.arguments = leaves(action.path("arguments"));
  }

  /** All that does not fit, in the order of the plan, then of the state. */
  static List<Contradiction> in(JsonNode context, JsonNode action) {
    Contradictions search = new Contradictions(action);
    search.compare("plan", leaves(context.path("plan")));
    search.compare("state", leaves(context.path("state")));
    return List.copyOf(search.found);
  }

  /** The values that are not objects, by their dotted names. */
  static Map<String, JsonNode> leaves(JsonNode tree) {
    Map<String, JsonNode> leaves = new LinkedHashMap<>();
    if (tree.isObject()) {
      collect("", tree, leaves);
    }
    return leaves;
  }

  private static void collect(String prefix, JsonNode tree, Map<String, JsonNode> leaves) {
    tree.properties()
        .forEach(
            field -> {
              String name = prefix + field.getKey();
              if (field.getValue().isObject() && !field.getValue().isEmpty()) {
                collect(name + ".", field.getValue(), leaves);
              } else {
                leaves.put(name, field.getValue());
              }
            });
  }

  private void compare(String where, Map<String, JsonNode> said) {
    said.forEach(
        (name, value) -> {
          if (where.equals("plan")) {
            compareWithTool(name, value);
          }
          arguments.forEach(
              (argument, given) -> {
                if (isSameThing(name, argument)
                    && isDifferent(name, value, argument, given)
                    && !isSaidElsewhere(said, argument, given)) {
                  add(where, name, value, argument, given.toString());
                }
              });
        });
  }

  private void compareWithTool(String name, JsonNode value) {
    String last = lastPart(name);
    boolean denied =
        value.isBoolean() && !value.booleanValue() && toolSays(last.replaceFirst("^is_", ""));
    boolean another =
        value.isTextual() && OPERATION_NAMES.contains(last) && !toolSays(value.textValue());
    if (denied || another) {
      found.add(
          new Contradiction(
              denied ? Kind.FLIPPED : Kind.DIFFERS, "plan", name, value.toString(), TOOL, tool));
    }
  }

  private void add(String where, String name, JsonNode value, String argument, String given) {
    boolean flipped = value.isBoolean() && arguments.getOrDefault(argument, value).isBoolean();
    found.add(
        new Contradiction(
            flipped ? Kind.FLIPPED : Kind.DIFFERS, where, name, value.toString(), argument, given));
  }

  /** Whether the tool's name has these words in it, one after the other. */
  private boolean toolSays(String text) {
    String words = "_" + words(text) + "_";
    return words.length() > 2 && ("_" + words(tool) + "_").contains(words);
  }

  private static String words(String text) {
    return text.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "_")
        .replaceAll("^_|_$", "");
  }

  private static boolean isSaidElsewhere(
      Map<String, JsonNode> said, String argument, JsonNode given) {
    return said.entrySet().stream()
        .anyMatch(
            other ->
                isSameThing(other.getKey(), argument)
                    && !isDifferent(other.getKey(), other.getValue(), argument, given));
  }

  private static boolean isSameThing(String said, String argument) {
    return stem(lastPart(said)).equals(stem(lastPart(argument)));
  }

  private static boolean isDifferent(String said, JsonNode value, String argument, JsonNode given) {
    if (!value.isNumber() || !given.isNumber()) {
      return !value.equals(given);
    }
    Optional<Integer> saidUnit = unit(lastPart(said));
    Optional<Integer> givenUnit = unit(lastPart(argument));
    boolean scaled = saidUnit.isPresent() && givenUnit.isPresent();
    BigDecimal left = value.decimalValue();
    BigDecimal right = given.decimalValue();
    return scaled
        ? left.multiply(BigDecimal.valueOf(saidUnit.get()))
                .compareTo(right.multiply(BigDecimal.valueOf(givenUnit.get())))
            != 0
        : left.compareTo(right) != 0;
  }

  private static String stem(String name) {
    String words = words(name);
    int end = words.lastIndexOf('_');
    return end > 0 && unit(name).isPresent() ? words.substring(0, end) : words;
  }

  private static Optional<Integer> unit(String name) {
    String words = words(name);
    return Optional.ofNullable(CENTS_BY_UNIT.get(words.substring(words.lastIndexOf('_') + 1)));
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
