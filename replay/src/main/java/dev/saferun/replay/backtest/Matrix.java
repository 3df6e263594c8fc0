package dev.saferun.replay.backtest;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How many decisions went from what they were to what they would be. */
final class Matrix {

  /** What cannot be decided any more, because redaction took what a rule needs. */
  static final String UNDECIDABLE = "undecidable";

  private final Map<String, Map<String, Long>> cells = new TreeMap<>();

  void add(String was, String wouldBe) {
    add(was, wouldBe, 1);
  }

  private void add(String was, String wouldBe, long count) {
    cells.computeIfAbsent(was, row -> new TreeMap<>()).merge(wouldBe, count, Long::sum);
  }

  void add(Matrix other) {
    other.cells.forEach((was, row) -> row.forEach((wouldBe, count) -> add(was, wouldBe, count)));
  }

  /** Decisions that would be this. */
  long wouldBe(String what) {
    return cells.values().stream().mapToLong(row -> row.getOrDefault(what, 0L)).sum();
  }

  Map<String, @Nullable Object> toJson() {
    return new TreeMap<>(cells);
  }
}
