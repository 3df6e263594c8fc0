package dev.saferun.evaluator;

import java.util.Locale;

/** Where a value came from, as far as matching exact words tells. A paraphrase is never guessed. */
public enum Origin {
  /** What the user asked for, or said later. */
  USER_REQUEST(Trust.ASKED),
  /** What the operator told the agent: the system's message. */
  OPERATOR(Trust.ASKED),
  /** The agent's plan. */
  PLAN(Trust.MADE),
  /** What the model said, or an argument of an earlier call. */
  MODEL(Trust.MADE),
  /** A passage that was found for the agent. */
  RETRIEVED(Trust.SEEN),
  /** State of the outside world that the agent was given. */
  STATE(Trust.SEEN),
  /** What a tool returned. */
  TOOL_RESULT(Trust.SEEN),
  /**
   * A value that stands for nothing outside: true, false, empty; or one that is in no text of the
   * run, and that the tool is nearly always given in this project.
   */
  CONSTANT(Trust.MADE),
  /** In no text that the run has seen. */
  NOWHERE(Trust.MADE),
  /** Words of its own: where their meaning came from cannot be told. */
  UNKNOWN(Trust.MADE);

  /** How far a text may tell the agent what to do. */
  public enum Trust {
    /** It may. */
    ASKED,
    /** The agent made it itself. */
    MADE,
    /** It is data: whoever wrote it may want something else. */
    SEEN
  }

  private final Trust trust;

  Origin(Trust trust) {
    this.trust = trust;
  }

  public Trust trust() {
    return trust;
  }

  /** Of two that have a part in one value: the one to be warier of. */
  public Origin warier(Origin other) {
    return wariness() >= other.wariness() ? this : other;
  }

  private int wariness() {
    return switch (this) {
      case USER_REQUEST -> 0;
      case OPERATOR -> 1;
      case CONSTANT -> 2;
      case PLAN -> 3;
      case MODEL -> 4;
      case UNKNOWN -> 5;
      case NOWHERE -> 6;
      case STATE -> 7;
      case RETRIEVED -> 8;
      case TOOL_RESULT -> 9;
    };
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Origin of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
