package dev.saferun.evaluator.calibration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * So many of so many, and what that says of the share they were drawn from: Wilson's interval
 * (Journal of the American Statistical Association 22, 1927) with 95 % confidence, which holds for
 * few and for none, too.
 */
public record Share(long part, long all) {

  private static final double NORMAL = 1.959964;
  private static final double SQUARE = NORMAL * NORMAL;

  public double value() {
    return all == 0 ? 0 : (double) part / all;
  }

  /** The share is at least this; 0 where nothing was drawn. */
  public double low() {
    return all == 0 ? 0 : Math.max(0, middle() - half());
  }

  /** And at most this; 1 where nothing was drawn. */
  public double high() {
    return all == 0 ? 1 : Math.min(1, middle() + half());
  }

  private double middle() {
    return (value() + SQUARE / (2 * all)) / (1 + SQUARE / all);
  }

  private double half() {
    double spread = value() * (1 - value()) / all + SQUARE / (4.0 * all * all);
    return NORMAL / (1 + SQUARE / all) * Math.sqrt(spread);
  }

  /** Under its name with its interval beside it; nothing where nothing was drawn. */
  void into(Map<String, @Nullable Object> json, String name) {
    if (all > 0) {
      json.put(name, value());
      json.put(name + "_low", low());
      json.put(name + "_high", high());
    }
  }
}
