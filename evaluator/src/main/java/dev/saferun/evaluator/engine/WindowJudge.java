package dev.saferun.evaluator.engine;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.LoopGuardSettings.Window;
import dev.saferun.evaluator.Reason;
import dev.saferun.evaluator.Verdict;
import dev.saferun.evaluator.WindowReading;
import dev.saferun.evaluator.WindowUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Judges how full the windows are that a call adds to. */
final class WindowJudge {

  private final List<WindowMeter> meters;

  WindowJudge(List<Window> windows) {
    this.meters = windows.stream().map(WindowMeter::of).toList();
  }

  /** What the call would add, window by window. */
  List<WindowUse> uses(Check check) {
    if (meters.isEmpty()) {
      return List.of();
    }
    List<WindowUse> uses = new ArrayList<>(meters.size());
    for (WindowMeter meter : meters) {
      if (meter.counts(check.tool())) {
        uses.add(meter.read(check));
      }
    }
    return uses;
  }

  /** A window that nobody has read for this call is not judged. */
  void judge(List<WindowReading> readings, Reasons reasons) {
    if (meters.isEmpty() || readings.isEmpty()) {
      return;
    }
    for (WindowReading reading : readings) {
      for (WindowMeter meter : meters) {
        if (meter.window().name().equals(reading.use().window())) {
          judge(meter.window(), reading, reasons);
        }
      }
    }
  }

  private static void judge(Window window, WindowReading reading, Reasons reasons) {
    double used = reading.used() + reading.use().amount();
    Verdict verdict = window.verdict(used);
    if (verdict != Verdict.ALLOW) {
      reasons.add(
          LoopGuard.guard(
              Reason.Kind.WINDOW,
              verdict,
              verdict == Verdict.DENY
                  ? "The call would take a window over its bound."
                  : "A window is nearly full.",
              Map.of(
                  "budget", window.name(),
                  "scope", window.scope().wire(),
                  "seconds", window.length().toSeconds(),
                  "used", used,
                  "max", window.max(),
                  "whole", reading.whole())));
    }
  }
}
