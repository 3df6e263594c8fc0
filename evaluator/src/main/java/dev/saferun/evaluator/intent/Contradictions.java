package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.Feature;
import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.IntentSignal.Kind;
import dev.saferun.evaluator.TextPlace;
import dev.saferun.evaluator.texts.Pointer;
import dev.saferun.evaluator.texts.Work;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /** Contradictions of one call that are told; more say nothing new. */
  private static final int SIGNALS_MAX = 64;

  private final long frame;
  private final String toolSays;
  private final ToolWords words;
  private final Work work;
  private final List<Leaf> arguments;
  private final List<IntentSignal> signals = new ArrayList<>();
  private final Map<Feature, Double> features = new EnumMap<>(Feature.class);

  Contradictions(
      long frame,
      String tool,
      ToolWords words,
      Map<String, @Nullable Object> arguments,
      Work work) {
    this.frame = frame;
    this.toolSays = "_" + Leaf.words(tool) + "_";
    this.words = words;
    this.work = work;
    this.arguments = Leaf.of(arguments);
  }

  List<IntentSignal> signals() {
    return signals;
  }

  Map<Feature, Double> features() {
    return features;
  }

  void compare(@Nullable Object plan, @Nullable Object state) {
    List<Leaf> planned = Leaf.of(plan);
    List<Leaf> stated = Leaf.of(state);
    work.add(arguments.size() + planned.size() + stated.size());
    planned.forEach(this::compareWithTool);
    compare("/context/plan", Kind.PLAN_DIFFERS, Feature.PLAN_DIFFERS, planned);
    compare("/context/state", Kind.STATE_DIFFERS, Feature.STATE_DIFFERS, stated);
    if (!words.reads()) {
      compareTargets(planned, stated);
    }
  }

  /** The pointers are written out only where they are told. */
  private void add(Kind kind, Feature feature, Object argument, String where, Pointer pointer) {
    if (signals.size() < SIGNALS_MAX) {
      TextPlace place = new TextPlace(frame, where + pointer, 0, 0);
      signals.add(new IntentSignal(kind, 1, argument.toString(), place));
    }
    features.put(feature, 1.0);
  }

  private void compareWithTool(Leaf planned) {
    String name = planned.name();
    boolean denied =
        Boolean.FALSE.equals(planned.value()) && toolSays(name.replaceFirst("^is_", ""));
    boolean another =
        planned.value() instanceof String operation
            && OPERATION_NAMES.contains(name)
            && !toolSays(operation);
    if (denied || another) {
      add(Kind.PLAN_FLIPPED, Feature.PLAN_FLIPPED, "", "/context/plan", planned.pointer());
    }
  }

  /** Whether the tool's name has these words in it, one after the other. */
  private boolean toolSays(String text) {
    String said = "_" + Leaf.words(text) + "_";
    return said.length() > 2 && toolSays.contains(said);
  }

  /** Each thing that is said, with the arguments of its name that nothing said confirms. */
  private void compare(String where, Kind kind, Feature feature, List<Leaf> said) {
    Map<String, Values> valuesByStem = new HashMap<>();
    said.forEach(leaf -> valuesByStem.computeIfAbsent(leaf.stem(), stem -> new Values()).add(leaf));
    Map<String, List<Leaf>> unconfirmed = new HashMap<>();
    for (Leaf argument : arguments) {
      Values values = valuesByStem.get(argument.stem());
      if (values != null && !values.confirm(argument)) {
        unconfirmed.computeIfAbsent(argument.stem(), stem -> new ArrayList<>()).add(argument);
      }
    }
    for (Leaf leaf : said) {
      List<Leaf> given = unconfirmed.getOrDefault(leaf.stem(), List.of());
      work.add(given.size());
      given.forEach(argument -> differs(where, kind, feature, leaf, argument));
    }
  }

  /** What is said of one thing. */
  private static final class Values {

    private final Set<@Nullable Object> plain = new HashSet<>();
    private final Set<@Nullable Object> withoutUnit = new HashSet<>();
    private final Set<Object> inCents = new HashSet<>();

    void add(Leaf leaf) {
      plain.add(leaf.plain());
      Object cents = leaf.inCents();
      if (cents == null) {
        withoutUnit.add(leaf.plain());
      } else {
        inCents.add(cents);
      }
    }

    /** Units are converted where both sides have one. */
    boolean confirm(Leaf argument) {
      Object cents = argument.inCents();
      return cents == null
          ? plain.contains(argument.plain())
          : inCents.contains(cents) || withoutUnit.contains(argument.plain());
    }
  }

  private void differs(String where, Kind kind, Feature feature, Leaf said, Leaf given) {
    if (isHundredfold(said, given) || isHundredfold(given, said)) {
      if (!words.minorUnits()) {
        add(Kind.OTHER_UNIT, Feature.OTHER_UNIT, where, said, given);
      }
    } else if (said.value() instanceof Boolean && given.value() instanceof Boolean) {
      add(Kind.PLAN_FLIPPED, Feature.PLAN_FLIPPED, where, said, given);
    } else if (said.isPlain() && given.isPlain()) {
      add(kind, feature, where, said, given);
    }
  }

  private void add(Kind kind, Feature feature, String where, Leaf said, Leaf given) {
    add(kind, feature, given.pointer(), where, said.pointer());
  }

  private static boolean isHundredfold(Leaf one, Leaf other) {
    return one.hundredfold() != null
        && other.number() != null
        && one.hundredfold().compareTo(other.number()) == 0;
  }

  /**
   * The state says what an argument's value is ("pg-main": "production"), and says it of another
   * value, too; the plan names that other one ("staging").
   */
  private void compareTargets(List<Leaf> planned, List<Leaf> stated) {
    Set<Object> plannedTexts = new HashSet<>();
    planned.forEach(leaf -> addText(plannedTexts, leaf));
    Set<Pointer> aroundPlanned = new HashSet<>();
    Map<String, List<Leaf>> unplannedByName = new HashMap<>();
    for (Leaf leaf : stated) {
      if (plannedTexts.contains(leaf.value())) {
        for (Pointer at = leaf.pointer().parent(); at != null; at = at.parent()) {
          aroundPlanned.add(at);
        }
      } else if (leaf.value() instanceof String) {
        unplannedByName.computeIfAbsent(leaf.name(), name -> new ArrayList<>()).add(leaf);
      }
    }
    for (Leaf argument : arguments) {
      if (argument.value() instanceof String target) {
        List<Leaf> named = unplannedByName.getOrDefault(target, List.of());
        work.add(1 + named.size());
        named.stream()
            .filter(leaf -> aroundPlanned.contains(leaf.pointer().parent()))
            .forEach(leaf -> otherTarget(argument, leaf));
      }
    }
  }

  private static void addText(Set<Object> texts, Leaf leaf) {
    if (leaf.value() instanceof String text) {
      texts.add(text);
    }
  }

  private void otherTarget(Leaf argument, Leaf stated) {
    add(Kind.OTHER_TARGET, Feature.OTHER_TARGET, "/context/state", stated, argument);
  }
}
