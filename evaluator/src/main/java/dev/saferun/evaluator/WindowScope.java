package dev.saferun.evaluator;

import java.util.Locale;

/** Whose calls a window counts, each within one environment. */
public enum WindowScope {
  /** Those of one run. */
  RUN,
  /** Those of all runs of one agent, by the agent's name. */
  AGENT,
  /** Those of all agents. */
  PROJECT;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
