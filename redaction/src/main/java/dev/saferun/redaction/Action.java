package dev.saferun.redaction;

import java.util.List;

/** What happens to a value that may not be kept as it is. */
public sealed interface Action {

  /**
   * The value is gone. Its place in the tree stays, holding {@code {"$redacted":"dropped"}}; inside
   * a longer text the found part becomes {@code [redacted:<class>]}.
   */
  record Drop() implements Action {}

  /**
   * A keyed token stands for the value: {@code tok_<class>_<22 characters>}. It is the same for the
   * same value, class and organization, so equality survives, and nothing else does.
   */
  record Token() implements Action {}

  /**
   * A token stands for the value, and the value is kept beside the document as ciphertext that only
   * a permitted, audited person sees again, until its key is destroyed. What the policy drops or
   * masks within the value is taken out of the ciphertext, too.
   */
  record Seal() implements Action {}

  /**
   * Of a number only the range is kept that it is in: {@code {"$redacted":"band","from":100,
   * "to":1000}}, the lower end included. What is no number is dropped.
   *
   * @param edges where ranges meet, ascending
   */
  record Band(List<Double> edges) implements Action {

    public Band {
      edges = List.copyOf(edges);
    }
  }

  /**
   * Only a few characters at either end stay, round a fixed {@code ****} that does not tell the
   * length: {@code ****1111}. A value of fewer than twice as many characters as are kept is masked
   * whole.
   */
  record Mask(int keepFirst, int keepLast) implements Action {}

  /** The value is known and stays, but for what detectors find in it. */
  record Keep() implements Action {}

  /** Its name in a policy and in the list of what was done. */
  default String wireName() {
    return switch (this) {
      case Drop drop -> "drop";
      case Token token -> "token";
      case Seal seal -> "seal";
      case Band band -> "band";
      case Mask mask -> "mask";
      case Keep keep -> "keep";
    };
  }

  /** How much it hides; of several actions for one place the one that hides most is done. */
  default int strength() {
    return switch (this) {
      case Drop drop -> 6;
      case Token token -> 5;
      case Seal seal -> 4;
      case Band band -> 3;
      case Mask mask -> 2;
      case Keep keep -> 1;
    };
  }

  /** Whether what it takes is gone for good, also from what is sealed around it. */
  default boolean isForGood() {
    return this instanceof Drop || this instanceof Mask;
  }
}
