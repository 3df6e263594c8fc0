package dev.saferun.replay.proof;

import java.util.List;

/** What became of deciding a kept decision again. */
public sealed interface Finding {

  /** Its name in answers, metrics and tables. */
  default String wire() {
    return switch (this) {
      case Proven proven -> "proven";
      case Different different -> "different";
      case Undecidable undecidable -> "undecidable";
      case Altered altered -> "altered";
      case OtherEvaluator other -> "other_evaluator";
    };
  }

  /** Whether somebody must look: what is kept is not what was decided. */
  default boolean isAlarm() {
    return this instanceof Different || this instanceof Altered;
  }

  /** The same decision came out, byte for byte. */
  record Proven() implements Finding {}

  /**
   * What is kept is whole, and yet another decision came out.
   *
   * @param pointer the first place in the decision where the two differ, in the order of names
   * @param kept what the frame has there, shortened; {@code absent} where it has nothing
   * @param decided what comes out now
   */
  record Different(String pointer, String kept, String decided) implements Finding {}

  /**
   * Redaction took what these needed; all else came out the same.
   *
   * @param sources the rules, or the loop guard, or the run's state as a whole
   * @param effectIsCertain whether the effect is the same whatever they would have said
   * @param taken the places that redaction took something from, as JSON Pointers into the frame
   */
  record Undecidable(List<Source> sources, boolean effectIsCertain, List<String> taken)
      implements Finding {
    public Undecidable {
      sources = List.copyOf(sources);
      taken = List.copyOf(taken);
    }
  }

  /**
   * What cannot be decided any more.
   *
   * @param version 0 where it is no rule
   */
  record Source(String name, int version) {}

  /**
   * Something is not what its hash says.
   *
   * @param name of the rule, where it is a rule; else the hash that should fit
   */
  record Altered(Part part, String name) implements Finding {}

  /** What a hash stands for. */
  enum Part {
    EVIDENCE,
    SNAPSHOT,
    RULE
  }

  /** Another version of the engine decided: it, and not this one, can decide it again. */
  record OtherEvaluator(String version) implements Finding {}
}
