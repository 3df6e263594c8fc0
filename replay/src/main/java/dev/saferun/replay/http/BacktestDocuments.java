package dev.saferun.replay.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of backtests, for the OpenAPI document. */
final class BacktestDocuments {

  private BacktestDocuments() {}

  /**
   * @param environment whose recorded calls are decided again
   * @param from the first moment of the window; all that there is where absent
   * @param to its end; now where absent
   * @param sample at most so many decisions, spread over the window
   * @param rules versions to lay over the policy in force; none asks what that would do
   * @param money a JSON Pointer into the arguments to the amount that a call moves
   */
  @Schema(name = "BacktestRequest")
  record Request(
      String environment,
      @Schema(format = "date-time") @Nullable String from,
      @Schema(format = "date-time") @Nullable String to,
      @Nullable Integer sample,
      @Nullable List<Rule> rules,
      @Nullable String money) {}

  /**
   * @param version the newest where absent
   */
  @Schema(name = "BacktestRule")
  record Rule(String rule, @Nullable Integer version) {}

  /**
   * @param state queued, running, finished, cancelled, interrupted or failed
   * @param verdicts from what it was to what it would be, with counts
   * @param effects the same of effects
   * @param byLabel verdicts of the decisions with each label
   * @param examples up to ten decisions of each kind of change
   * @param samePolicy decisions that this very policy made, and how many came out otherwise now
   */
  @Schema(name = "Backtest")
  record Backtest(
      String id,
      Coverage coverage,
      String state,
      long seen,
      long sampleOneIn,
      String environment,
      Request request,
      String policySnapshot,
      String author,
      @Schema(format = "date-time") String createdAt,
      @Schema(format = "date-time") @Nullable String endedAt,
      Map<String, Object> verdicts,
      Map<String, Object> effects,
      Map<String, Object> byLabel,
      Map<String, Object> rules,
      @Nullable Map<String, Object> money,
      Map<String, Object> examples,
      Map<String, Long> samePolicy,
      long wouldStop,
      Map<String, Long> decideNanos) {}

  /**
   * @param decisions in the window
   * @param replayed decided again
   * @param undecidable of them, because redaction took what a rule needs
   * @param undecidableBy the rules that could not be decided
   * @param skipped frames that could not be read, and why
   */
  @Schema(name = "BacktestCoverage")
  record Coverage(
      long decisions,
      long replayed,
      long undecidable,
      Map<String, Long> undecidableBy,
      Map<String, Long> skipped) {}

  /**
   * @param backtests the newest first
   */
  @Schema(name = "BacktestPage")
  record Page(List<Map<String, @Nullable Object>> backtests, @Nullable String nextCursor) {}
}
