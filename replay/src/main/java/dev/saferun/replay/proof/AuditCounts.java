package dev.saferun.replay.proof;

import java.util.Map;
import java.util.TreeMap;

/** What came out of verifying a sample: how many of each result. */
public record AuditCounts(Map<String, Long> byResult, long durationMillis) {

  public AuditCounts {
    byResult = Map.copyOf(byResult);
  }

  public long verified() {
    return byResult.values().stream().mapToLong(Long::longValue).sum();
  }

  public long of(String result) {
    return byResult.getOrDefault(result, 0L);
  }

  /** Counts one after the other. */
  static final class Counting {

    private final Map<String, Long> byResult = new TreeMap<>();
    private final long startedNanos = System.nanoTime();

    void add(Finding finding) {
      byResult.merge(finding.wire(), 1L, Long::sum);
    }

    AuditCounts end() {
      return new AuditCounts(byResult, (System.nanoTime() - startedNanos) / 1_000_000);
    }
  }
}
