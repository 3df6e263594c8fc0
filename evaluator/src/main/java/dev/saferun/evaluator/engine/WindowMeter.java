package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.LoopGuardSettings.Window;
import dev.saferun.evaluator.WindowUse;
import org.jspecify.annotations.Nullable;

/** Reads what a call would add to one window. */
record WindowMeter(Window window, @Nullable ArgumentPath argument) {

  static WindowMeter of(Window window) {
    return new WindowMeter(window, window.argument().map(ArgumentPath::of).orElse(null));
  }

  boolean counts(String tool) {
    return window.tool().isEmpty() || window.tool().get().equals(tool);
  }

  /** An argument that is missing, is not a number or is negative adds nothing. */
  WindowUse read(Check check) {
    double amount = argument == null ? 1 : argument.number(check);
    return new WindowUse(window.name(), window.scope(), window.length(), amount >= 0 ? amount : 0);
  }
}
