package dev.saferun.evaluator;

import java.util.Locale;

/** Who or what made a call part from what was asked. */
public enum Cause {
  /** The model chose it by itself, against what it was told. */
  MODEL("The model chose this by itself, against the request or its own plan."),
  /** Text that the agent read told it to. */
  PROMPT_INJECTION("Text that the agent read told it to do this."),
  /** The agent's own program sent another call than the model had produced. */
  CODE("The program around the model sent another call than the model had produced."),
  /** The model took a wrong value out of what it had been given. */
  MISREAD_CONTEXT("The model took a value from its context that another part of it contradicts."),
  /** Nothing that was recorded tells. */
  UNDETERMINED("Nothing that was recorded tells.");

  private final String sentence;

  Cause(String sentence) {
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
