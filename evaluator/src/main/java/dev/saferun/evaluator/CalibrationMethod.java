package dev.saferun.evaluator;

import dev.saferun.evaluator.calibration.Calibrator;
import dev.saferun.evaluator.calibration.Fitting;
import dev.saferun.evaluator.calibration.Labelled;
import java.util.List;
import java.util.Locale;

/** How scores are calibrated. */
public enum CalibrationMethod {
  /** Platt's curve, or rising steps where there are a thousand labels and more. */
  AUTO,
  PLATT,
  ISOTONIC,
  TEMPERATURE;

  Calibrator fit(List<Labelled> labels) {
    return switch (this) {
      case AUTO -> Fitting.fit(labels);
      case PLATT -> Fitting.platt(labels);
      case ISOTONIC -> Fitting.isotonic(labels);
      case TEMPERATURE -> Fitting.temperature(labels);
    };
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
