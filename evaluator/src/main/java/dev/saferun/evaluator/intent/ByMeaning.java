package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.Meanings.Likeness;
import dev.saferun.evaluator.texts.Block;
import java.util.List;

/**
 * What meaning adds to words, for one call: how near an instruction is to what was asked, and, of a
 * tool whose name no list of words knows, how far an instruction or the request speaks of it.
 */
final class ByMeaning {

  private static final double NEAR_FROM = 0.35;
  private static final double NEAR_TO = 0.75;
  private static final double TOOL_FROM = 0.25;
  private static final double TOOL_TO = 0.55;

  private final Likeness likeness;
  private final List<String> asked;
  private final String tool;

  /**
   * @param asked the sentences that the user said
   * @param tool the tool's name in words
   */
  ByMeaning(Likeness likeness, List<String> asked, String tool) {
    this.likeness = likeness;
    this.asked = asked;
    this.tool = tool;
  }

  /** How near an instruction is to what was asked, 0 to 1; 0 also where it is not known. */
  double near(Block block) {
    return between(nearest(block.text()), NEAR_FROM, NEAR_TO);
  }

  /** How far an instruction speaks of the tool, 0 to 1; 0 also where it is not known. */
  double toolIn(Block block) {
    return between(likeness.of(tool, block.text()).orElse(0), TOOL_FROM, TOOL_TO);
  }

  /** How far the request speaks of the tool, 0 to 1; 0 also where it is not known. */
  double toolAsked() {
    return between(nearest(tool), TOOL_FROM, TOOL_TO);
  }

  private double nearest(String text) {
    double nearest = 0;
    for (String sentence : asked) {
      nearest = Math.max(nearest, likeness.of(text, sentence).orElse(0));
    }
    return nearest;
  }

  private static double between(double value, double from, double to) {
    return Math.clamp((value - from) / (to - from), 0, 1);
  }
}
