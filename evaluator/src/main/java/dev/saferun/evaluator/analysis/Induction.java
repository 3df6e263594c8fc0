package dev.saferun.evaluator.analysis;

import dev.saferun.evaluator.IntentReading;
import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.Origin;
import dev.saferun.evaluator.Recorded;
import dev.saferun.evaluator.RuleSuggestions.Other;
import dev.saferun.evaluator.TextPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes conditions out of one call and what sets it apart from good calls of its tool. */
public final class Induction {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Set<String> KEYWORDS =
      Set.of("in", "true", "false", "null", "as", "if", "for", "var");
  private static final int VALUES_MAX = 12;
  private static final int VALUE_CHARACTERS_MAX = 60;
  private static final String CONTEXT = "/context/";

  private final Recorded call;
  private final IntentReading reading;
  private final Set<String> picked;
  private final List<Recorded> good;
  private final Map<String, Candidate> found = new LinkedHashMap<>();

  /**
   * @param picked JSON Pointers of the arguments to look at; all where there are none
   */
  public Induction(Recorded call, Set<String> picked, List<Other> others) {
    this.call = call;
    this.reading = call.before().intent();
    this.picked = picked;
    this.good = others.stream().filter(other -> !other.bad()).map(Other::call).toList();
  }

  /** In the order in which they were thought of, each condition once. */
  public List<Candidate> candidates() {
    reading.signals().forEach(this::fromSignal);
    call.check().arguments().forEach(this::fromArgument);
    return List.copyOf(found.values());
  }

  private void add(String condition, String sentence) {
    found.putIfAbsent(condition, new Candidate(condition, sentence));
  }

  private boolean isWanted(String pointer) {
    return picked.isEmpty() || picked.contains(pointer);
  }

  private void fromSignal(IntentSignal signal) {
    if (!signal.argument().isEmpty() && !isWanted(signal.argument())) {
      return;
    }
    add("'" + signal.kind().wire() + "' in intent.signals", signal.kind().sentence());
    TextPlace place = signal.place();
    if (place != null && place.pointer().startsWith(CONTEXT)) {
      fromContext(signal, place.pointer());
    }
  }

  /** What the plan or the state said, held against the call. */
  private void fromContext(IntentSignal signal, String pointer) {
    String path = path("context", pointer.substring(CONTEXT.length() - 1));
    Object said = at(call.check().context(), pointer.substring(CONTEXT.length() - 1));
    String where = pointer.substring(CONTEXT.length()).replace('/', '.');
    if (signal.argument().isEmpty()) {
      literal(said)
          .ifPresent(
              value ->
                  add(
                      has(path) + " && " + path + " == " + value,
                      "The tool was called although " + where + " is " + value + "."));
    } else {
      String argument = path("action.arguments", signal.argument());
      add(
          has(path) + " && " + has(argument) + " && " + path + " != " + argument,
          "The argument %s is not what %s says.".formatted(signal.argument().substring(1), where));
    }
  }

  private void fromArgument(String name, @Nullable Object value) {
    String pointer = "/" + name.replace("~", "~0").replace("/", "~1");
    if (!isWanted(pointer)) {
      return;
    }
    String path = path("action.arguments", pointer);
    fromOrigin(name, pointer, path);
    List<@Nullable Object> others = new ArrayList<>();
    for (Recorded one : good) {
      if (one.check().arguments().containsKey(name)) {
        others.add(one.check().arguments().get(name));
      }
    }
    if (others.isEmpty() && !good.isEmpty()) {
      add(has(path), "The argument " + name + " is given, which no good call of this tool did.");
    } else if (value instanceof Number number) {
      fromNumber(name, path, number, others);
    } else if (value instanceof String text) {
      fromText(name, path, text, others);
    }
  }

  private void fromOrigin(String name, String pointer, String path) {
    Origin origin = reading.origin(pointer).orElse(Origin.USER_REQUEST);
    if (origin.trust() == Origin.Trust.SEEN || origin == Origin.NOWHERE) {
      add(
          has(path) + " && origin(" + path + ") == '" + origin.wire() + "'",
          origin == Origin.NOWHERE
              ? "The argument " + name + " stands in no text that the run has seen."
              : "The argument %s comes from %s and was not asked for."
                  .formatted(name, origin.wire().replace('_', ' ')));
      add(
          has(path) + " && origin(" + path + ") != 'user_request'",
          "The argument " + name + " is not from the user's request.");
    }
  }

  /** Larger, or smaller, than in every good call. */
  private void fromNumber(String name, String path, Number value, List<@Nullable Object> others) {
    double most = Double.NEGATIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (Object other : others) {
      if (other instanceof Number number) {
        most = Math.max(most, number.doubleValue());
        least = Math.min(least, number.doubleValue());
      }
    }
    if (value.doubleValue() > most && most > Double.NEGATIVE_INFINITY) {
      add(
          has(path) + " && " + path + " > " + plain(most),
          "The argument " + name + " is larger than in every good call (" + plain(most) + ").");
    }
    if (value.doubleValue() < least && least < Double.POSITIVE_INFINITY) {
      add(
          has(path) + " && " + path + " < " + plain(least),
          "The argument " + name + " is smaller than in every good call (" + plain(least) + ").");
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** None of the few values that good calls have. */
  private void fromText(String name, String path, String value, List<@Nullable Object> others) {
    Set<String> known = new TreeSet<>();
    for (Object other : others) {
      if (!(other instanceof String text) || text.length() > VALUE_CHARACTERS_MAX) {
        return;
      }
      known.add(text);
    }
    if (!known.isEmpty() && known.size() <= VALUES_MAX && !known.contains(value)) {
      String values =
          known.stream().map(Induction::quoted).collect(Collectors.joining(", ", "[", "]"));
      add(
          has(path) + " && !(" + path + " in " + values + ")",
          "The argument " + name + " is none of the values that good calls have.");
    }
  }

  private static Optional<String> literal(@Nullable Object value) {
    if (value instanceof Boolean || value instanceof Long) {
      return Optional.of(value.toString());
    }
    return value instanceof String text && text.length() <= VALUE_CHARACTERS_MAX
        ? Optional.of(quoted(text))
        : Optional.empty();
  }

  private static String quoted(String text) {
    return "'"
        + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
        + "'";
  }

  /** {@code has()} of a path, where its last step is a field; else that the key is there. */
  private static String has(String path) {
    int bracket = path.lastIndexOf("['");
    return path.endsWith("]")
        ? "("
            + path.substring(bracket + 1, path.length() - 1)
            + " in "
            + path.substring(0, bracket)
            + ")"
        : "has(" + path + ")";
  }

  private static String path(String root, String pointer) {
    StringBuilder path = new StringBuilder(root);
    for (String step : steps(pointer)) {
      if (NAME.matcher(step).matches() && !KEYWORDS.contains(step)) {
        path.append('.').append(step);
      } else {
        path.append('[').append(quoted(step)).append(']');
      }
    }
    return path.toString();
  }

  private static List<String> steps(String pointer) {
    List<String> steps = new ArrayList<>();
    int from = 1;
    while (from <= pointer.length() && !pointer.isEmpty()) {
      int end = pointer.indexOf('/', from);
      String step = pointer.substring(from, end < 0 ? pointer.length() : end);
      steps.add(step.replace("~1", "/").replace("~0", "~"));
      from = end < 0 ? pointer.length() + 1 : end + 1;
    }
    return steps;
  }

  private static @Nullable Object at(Object tree, String pointer) {
    Object value = tree;
    for (String step : steps(pointer)) {
      value = value instanceof Map<?, ?> object ? object.get(step) : null;
    }
    return value;
  }
}
