package dev.saferun.replay.backtest;

import dev.saferun.evaluator.Candidates.Candidate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One backtest while it waits and runs: it is asked to stop, and it tells how far it came. */
final class Job {

  private final UUID id;
  private final BacktestRequest request;
  private final Candidate candidate;
  private final Window window;
  private final long inWindow;
  private final Tally sum;
  private volatile boolean cancelled;

  Job(UUID id, BacktestRequest request, Candidate candidate, long inWindow, Instant now) {
    this.id = id;
    this.request = request;
    this.candidate = candidate;
    this.inWindow = inWindow;
    this.window = window(request, inWindow, now);
    this.sum = new Tally(request.moneySteps());
  }

  private static Window window(BacktestRequest request, long inWindow, Instant now) {
    long wanted = request.sample().isPresent() ? request.sample().getAsInt() : Long.MAX_VALUE;
    long oneIn = inWindow <= wanted ? 1 : (inWindow + wanted - 1) / wanted;
    return new Window(
        request.environment().scope(),
        request.from().orElse(null),
        request.to().orElse(now),
        oneIn);
  }

  UUID id() {
    return id;
  }

  UUID organizationId() {
    return request.environment().scope().organizationId();
  }

  Candidate candidate() {
    return candidate;
  }

  Window window() {
    return window;
  }

  Tally newTally() {
    return new Tally(request.moneySteps());
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  synchronized void add(Tally part) {
    sum.add(part);
  }

  synchronized Map<String, @Nullable Object> report() {
    Map<String, @Nullable Object> report = new LinkedHashMap<>(sum.toJson(inWindow));
    report.put("sample_one_in", window.sampleOneIn());
    report.put("seen", sum.seen());
    report.put("would_stop", sum.wouldStop());
    return report;
  }
}
