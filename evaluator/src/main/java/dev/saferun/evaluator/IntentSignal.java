package dev.saferun.evaluator;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that speaks against a call, with what shows it. It names places, never values, so it
 * can stand in a frame whatever redaction takes out of the texts.
 *
 * @param strength from 0 to 1
 * @param argument the JSON Pointer of the value within the arguments; empty where the whole call is
 *     meant
 * @param place what shows it, where a text does
 * @param earlier what shows it, where the project's earlier calls do
 */
public record IntentSignal(
    Kind kind,
    double strength,
    String argument,
    @Nullable TextPlace place,
    @Nullable Earlier earlier) {

  /** From which strength on a signal alone tells a cause. */
  private static final double TELLING = 0.3;

  /** One that needs no earlier calls. */
  public IntentSignal(Kind kind, double strength, String argument, @Nullable TextPlace place) {
    this(kind, strength, argument, place, null);
  }

  /** What it tells of the cause; {@code undetermined} where it tells nothing by itself. */
  Cause cause(Origin origin) {
    return switch (kind) {
      case SENT_DIFFERS -> Cause.CODE;
      case STEERED_VALUE, STEERED_TOOL, STEERED_SOURCE ->
          strength >= TELLING ? Cause.PROMPT_INJECTION : Cause.UNDETERMINED;
      case STATE_DIFFERS, OTHER_TARGET -> Cause.MISREAD_CONTEXT;
      case PLAN_DIFFERS ->
          origin.trust() == Origin.Trust.SEEN ? Cause.MISREAD_CONTEXT : Cause.MODEL;
      case PLAN_FLIPPED, OPPOSITE_OF_ASKED, OTHER_UNIT, REPEATED -> Cause.MODEL;
      case DESTROYS_UNASKED,
          FROM_NOWHERE,
          NOVEL_TOOL,
          NOVEL_VALUE,
          UNUSUAL_AMOUNT,
          SECOND_OPINION ->
          Cause.UNDETERMINED;
    };
  }

  /** What speaks. Its sentence is what an engineer reads at night. */
  public enum Kind {
    /** A value from somebody else's instruction. */
    STEERED_VALUE(
        "A value of this call was given by an instruction inside text that the agent read, and"
            + " nobody who may ask asked for it."),
    /** A tool from somebody else's instruction. */
    STEERED_TOOL(
        "An instruction inside text that the agent read asks for what this tool does, and the user"
            + " did not ask for it."),
    /** A value from what a steered call returned. */
    STEERED_SOURCE(
        "A value of this call is known only from the answer to an earlier call that followed"
            + " somebody else's instruction."),
    /** The model produced another call than the one that was sent. */
    SENT_DIFFERS("The call that was sent differs from the call that the model produced."),
    /** The plan says no and the call does it, or the other way round. */
    PLAN_FLIPPED("The plan says the opposite of what this call does."),
    /** The plan has another value for the same thing. */
    PLAN_DIFFERS("The plan has another value for the same thing than this call."),
    /** The state has another value for the same thing. */
    STATE_DIFFERS(
        "The state of the outside world that the agent was given has another value for the same"
            + " thing than this call."),
    /** The state says that the target is another than the planned one. */
    OTHER_TARGET(
        "The state says that this call's target is another one than the plan and the request name."),
    /** Charge and refund. */
    OPPOSITE_OF_ASKED("The tool does the opposite of what the user asked for."),
    /** An amount a hundred times as large or as small. */
    OTHER_UNIT(
        "The amount is a hundred times, or a hundredth of, the one that was asked for, and nothing"
            + " says that the tool counts in that unit."),
    /** A call that destroys, unasked. */
    DESTROYS_UNASKED("The tool destroys something, and nothing of the kind was asked for."),
    /** A value that is in no text. */
    FROM_NOWHERE("A specific value of this call stands in no text that the run has seen."),
    /** The same call again. */
    REPEATED("The agent makes the same call again and again and learns nothing new from it."),
    /** A tool that the project never called. */
    NOVEL_TOOL("None of the project's earlier calls was of this tool."),
    /** A value that the argument never had. */
    NOVEL_VALUE(
        "This argument takes few different values in this project, and this is none of them."),
    /** A number far above the usual. */
    UNUSUAL_AMOUNT("The number is far larger than nearly all that this argument had before."),
    /** A high score of the customer's own model. */
    SECOND_OPINION("The customer's own model considers this call not asked for.");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }

    /** One sentence that says it. */
    public String sentence() {
      return sentence;
    }

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", kind.wire());
    json.put("strength", strength);
    json.put("argument", argument);
    if (place != null) {
      place.into(json);
    }
    if (earlier != null) {
      json.put("earlier", earlier.toJson());
    }
    return json;
  }

  static IntentSignal of(JsonFields fields) {
    return new IntentSignal(
        Kind.valueOf(fields.text("kind").toUpperCase(Locale.ROOT)),
        fields.number("strength"),
        fields.text("argument"),
        TextPlace.in(fields),
        Earlier.in(fields));
  }
}
