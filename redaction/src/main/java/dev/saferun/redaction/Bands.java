package dev.saferun.redaction;

import java.util.Map;
import java.util.TreeMap;

/** Ranges in the places of numbers. */
final class Bands {

  private Bands() {}

  /** The range that the number is in; the lowest has no beginning and the highest no end. */
  static Map<String, Object> of(Action.Band band, double number) {
    Map<String, Object> range = new TreeMap<>();
    range.put(DocumentWalk.MARKER, "band");
    for (double edge : band.edges()) {
      if (number < edge) {
        range.put("to", edge);
        break;
      }
      range.put("from", edge);
    }
    return range;
  }
}
