package dev.saferun.evaluator;

import java.util.List;

/**
 * What a calibration goes by.
 *
 * @param calls labelled ones, the newest first
 * @param unmeasured labelled calls of which nothing is known but the label
 */
public record CalibrationData(List<LabelledCall> calls, int unmeasured, RecentTraffic traffic) {

  public CalibrationData {
    calls = List.copyOf(calls);
  }
}
