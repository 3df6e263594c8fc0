package dev.saferun.replay.journal;

/** The simulated machine or process stops here. */
final class SimulatedCrash extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SimulatedCrash() {
    super("simulated crash", null, false, false);
  }
}
