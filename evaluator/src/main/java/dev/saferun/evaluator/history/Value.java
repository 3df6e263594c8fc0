package dev.saferun.evaluator.history;

/**
 * One value of a call's arguments as it is compared with others.
 *
 * @param argument its JSON Pointer without the places in lists: all elements of a list are values
 *     of one argument
 * @param pointer its JSON Pointer within the arguments
 * @param name equal for equal values; {@link Recent#HIDDEN} where redaction took it
 * @param amount the number that it is; 0 where it is none, or not above zero
 */
record Value(String argument, String pointer, long name, double amount) {

  boolean isHidden() {
    return name == Recent.HIDDEN;
  }

  boolean isAmount() {
    return amount > 0;
  }
}
