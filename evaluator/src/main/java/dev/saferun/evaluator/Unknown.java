package dev.saferun.evaluator;

/**
 * Stands in the trees of a recorded call where redaction took a value: there was one, and nobody
 * knows which. A rule that needs it is undecidable; it is never guessed.
 */
public final class Unknown {

  public static final Unknown VALUE = new Unknown();

  private Unknown() {}

  @Override
  public String toString() {
    return "unknown";
  }
}
