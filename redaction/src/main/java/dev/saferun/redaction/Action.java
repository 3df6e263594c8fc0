package dev.saferun.redaction;

/** What happens to a value that may not be kept as it is. */
public sealed interface Action {

  /**
   * The value is gone. Its place in the tree stays, holding {@code {"$redacted":"dropped"}}; inside
   * a longer text the found part becomes {@code [redacted:<class>]}.
   */
  record Drop() implements Action {}

  /**
   * Only a few characters at either end stay, round a fixed {@code ****} that does not tell the
   * length: {@code ****1111}. A value of fewer than twice as many characters as are kept is masked
   * whole.
   */
  record Mask(int keepFirst, int keepLast) implements Action {}

  /**
   * A keyed token stands for the value: {@code tok_<class>_<22 characters>}. It is the same for the
   * same value, class and organization, so equality survives, and nothing else does.
   */
  record Token() implements Action {}

  /** Its name in a policy and in the list of what was done. */
  default String wireName() {
    return switch (this) {
      case Drop drop -> "drop";
      case Mask mask -> "mask";
      case Token token -> "token";
    };
  }
}
