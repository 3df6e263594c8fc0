package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.Feature;
import dev.saferun.evaluator.IntentSignal;
import dev.saferun.evaluator.Origin;
import dev.saferun.evaluator.TextPlace;
import dev.saferun.evaluator.ToolEffect;
import dev.saferun.evaluator.texts.Block;
import dev.saferun.evaluator.texts.Lexicon;
import dev.saferun.evaluator.texts.TextIndex;
import dev.saferun.evaluator.texts.Work;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds one call against what was asked and against the instructions that the agent read. */
final class Measurement {

  /** About how many words around an instruction are looked at, too. */
  private static final int STEPS_AN_INSTRUCTION = 40;

  private static final double SIGNAL_MIN = 0.1;
  private static final double SURE_VALUE = 0.8;
  private static final double ASKED_VALUE_COUNTS = 0.8;
  private static final double ASKED_FIT_COUNTS = 0.15;
  private static final double SOURCE_FADES = 0.95;
  private static final double TOOL_COUNTS = 0.8;

  private final ToolWords tool;
  private final List<Traced> values;
  private final Work work;
  private final List<IntentSignal> signals = new ArrayList<>();
  private final Map<Feature, Double> features = new EnumMap<>(Feature.class);

  private @Nullable Instruction strongest;
  private double askedVerb;
  private double askedFit;
  private double steeredTool;
  private double steer;

  Measurement(ToolWords tool, List<Traced> values, Work work) {
    this.tool = tool;
    this.values = values;
    this.work = work;
  }

  Map<Feature, Double> features() {
    return features;
  }

  /** The instruction that the call follows most, if it follows one. */
  @Nullable Instruction strongest() {
    return strongest;
  }

  /** How far the call is steered, for what comes of it. */
  double steer() {
    return steer;
  }

  /** What speaks against the call, with the instruction that shows it. */
  List<IntentSignal> signals() {
    return signals;
  }

  void measure(TextIndex askedTexts, TextIndex seenTexts, Asked asked, ByMeaning meaning) {
    fitToWhatWasAsked(askedTexts);
    boolean unknown = tool.verbs() == 0 && !seenTexts.instructions().isEmpty();
    if (unknown) {
      askedVerb = Math.max(askedVerb, meaning.toolAsked());
    }
    Map<Block, double[]> given = given();
    for (Block block : seenTexts.instructions()) {
      work.add(STEPS_AN_INSTRUCTION + block.content().length);
      double[] value = given.getOrDefault(block, NOTHING);
      double verb =
          unknown ? Math.max(tool.verbIn(block), meaning.toolIn(block)) : tool.verbIn(block);
      double objects = tool.objectsIn(block);
      Instruction rough = new Instruction(block, verb, objects, value[0], value[1] > 0, 0);
      if (rough.fit() >= Instruction.FIT_MIN) {
        double byWords = asked.near(block, seenTexts);
        double near = byWords == 1 ? 1 : Math.max(byWords, meaning.near(block));
        weigh(new Instruction(block, verb, objects, value[0], value[1] > 0, near));
      }
    }
    collect();
  }

  private static final double[] NOTHING = new double[2];

  private void fitToWhatWasAsked(TextIndex askedTexts) {
    long askedToDo = 0;
    for (Block block : askedTexts.blocks()) {
      work.add(1 + tool.objects().size());
      askedToDo |= block.done();
      double verb = tool.verbIn(block);
      askedVerb = Math.max(askedVerb, verb);
      askedFit = Math.max(askedFit, 0.6 * verb + 0.4 * tool.objectsIn(block));
    }
    boolean opposite =
        !tool.reads() && askedVerb == 0 && Lexicon.STANDARD.areOpposite(tool.verbs(), askedToDo);
    if (opposite) {
      put(Feature.OPPOSITE_OF_ASKED, 1);
    }
  }

  /** Which instructions give values of the call: how surely, and whether a recipient. */
  private Map<Block, double[]> given() {
    Map<Block, double[]> given = new HashMap<>();
    for (Traced value : values) {
      if (value.specific()) {
        for (Block block : value.seen()) {
          if (block.instruction()) {
            double[] known = given.computeIfAbsent(block, first -> new double[2]);
            known[0] = Math.max(known[0], value.strength());
            known[1] = value.recipient() ? 1 : known[1];
          }
        }
      }
    }
    return given;
  }

  private void weigh(Instruction instruction) {
    if (strongest == null || instruction.steer() > strongest.steer()) {
      strongest = instruction;
    }
    boolean otherThing = instruction.value() == 0 && instruction.block().specific();
    if (!tool.reads() && !instruction.block().source().reply() && !otherThing) {
      double wanted = instruction.verb() * (0.5 + 0.5 * instruction.objects());
      steeredTool =
          Math.max(steeredTool, wanted * (1 - askedVerb) * (1 - 0.75 * instruction.near()));
    }
  }

  private void collect() {
    Instruction followed = strongest;
    double far = followed == null ? 0 : followed.far();
    double value = followed == null ? 0 : followed.value();
    double fit = followed == null ? 0 : followed.fit();
    Shares shares = new Shares(values);
    double unasked = 1 - ASKED_VALUE_COUNTS * shares.asked;
    double act = tool.reads() ? 0 : 1;
    double steeredValue = value * far * unasked * (1 - ASKED_FIT_COUNTS * askedFit);
    double source = SOURCE_FADES * shares.steer * unasked;
    double byTool = TOOL_COUNTS * steeredTool;
    double any = 1 - (1 - steeredValue) * (1 - source) * (1 - byTool);
    double most = Math.max(steeredValue, Math.max(source, byTool));
    boolean destroys = tool.effect() == ToolEffect.DESTROY;
    put(Feature.STEERED_VALUE, steeredValue);
    put(Feature.STRANGE_INSTRUCTION, value > SURE_VALUE ? far * far : 0);
    put(Feature.STEERED_CALL, fit * steeredValue);
    put(
        Feature.STEERED_RECIPIENT,
        followed != null && followed.recipient() ? value * far * unasked : 0);
    put(Feature.STEERED_SOURCE, source);
    put(Feature.STEERED_SOURCE_ACTS, source * act);
    put(Feature.STEERED, any);
    put(Feature.STEERED_MOST, most);
    put(Feature.STEERED_DATA, shares.seen * most);
    put(Feature.STEERED_TO_DESTROY, destroys ? steeredTool : 0);
    put(Feature.DESTROYS_UNASKED, destroys ? 1 - askedVerb : 0);
    put(Feature.READS, 1 - act);
    put(Feature.RECIPIENT_ASKED, shares.recipientAsked ? 1 : 0);
    put(Feature.VALUE_FROM_NOWHERE, shares.nowhere);
    tell(steeredValue, source, byTool, destroys && askedVerb == 0);
    double followedNow = followed == null ? 0 : followed.steer() * Math.max(value, 0.5);
    steer = Math.max(followedNow, SOURCE_FADES * shares.steer) * (1 - 0.5 * shares.asked);
  }

  private void tell(double byValue, double bySource, double byTool, boolean destroysUnasked) {
    Instruction followed = strongest;
    if (followed != null && byValue > SIGNAL_MIN) {
      Traced value = given(followed.block());
      tell(IntentSignal.Kind.STEERED_VALUE, byValue, value == null ? "" : value.pointer());
    }
    if (byTool > SIGNAL_MIN) {
      tell(IntentSignal.Kind.STEERED_TOOL, byTool, "");
    }
    for (Traced value : values) {
      if (bySource > SIGNAL_MIN && !value.seen().isEmpty() && value.steer() > SIGNAL_MIN) {
        signals.add(
            new IntentSignal(
                IntentSignal.Kind.STEERED_SOURCE, bySource, value.pointer(), Reader.place(value)));
      }
      if (value.origin() == Origin.NOWHERE && value.specific() && value.strength() == 1) {
        signals.add(
            new IntentSignal(IntentSignal.Kind.FROM_NOWHERE, SIGNAL_MIN, value.pointer(), null));
      }
    }
    if (destroysUnasked) {
      tell(IntentSignal.Kind.DESTROYS_UNASKED, 0.5, "");
    }
  }

  private void tell(IntentSignal.Kind kind, double strength, String argument) {
    Instruction followed = strongest;
    signals.add(
        new IntentSignal(kind, strength, argument, followed == null ? null : place(followed)));
  }

  private static TextPlace place(Instruction followed) {
    Block block = followed.block();
    return new TextPlace(
        block.source().frame(), block.source().pointer(), block.start(), block.end());
  }

  private @Nullable Traced given(Block block) {
    for (Traced value : values) {
      if (value.specific() && value.seen().contains(block)) {
        return value;
      }
    }
    return null;
  }

  private void put(Feature feature, double value) {
    features.put(feature, value);
  }

  /** Which shares of the specific values came from where. */
  private static final class Shares {

    private final double asked;
    private final double seen;
    private final double nowhere;
    private final double steer;
    private final boolean recipientAsked;

    Shares(List<Traced> values) {
      int specific = 0;
      int fromAsked = 0;
      int fromSeen = 0;
      int strongFromNowhere = 0;
      double most = 0;
      boolean recipient = false;
      for (Traced value : values) {
        if (value.specific()) {
          specific++;
          fromAsked += value.asked() ? 1 : 0;
          recipient |= value.asked() && value.recipient();
          if (!value.seen().isEmpty()) {
            fromSeen++;
            most = Math.max(most, value.steer());
          }
          if (value.origin() == Origin.NOWHERE && value.strength() == 1) {
            strongFromNowhere++;
          }
        }
      }
      int all = Math.max(1, specific);
      asked = (double) fromAsked / all;
      seen = (double) fromSeen / all;
      nowhere = Math.min(1, strongFromNowhere / 2.0);
      steer = most;
      recipientAsked = recipient;
    }
  }
}
