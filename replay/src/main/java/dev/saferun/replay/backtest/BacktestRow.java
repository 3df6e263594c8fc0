package dev.saferun.replay.backtest;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A backtest as it is kept.
 *
 * @param request what was asked
 * @param policy the id of the candidate
 * @param report what came out so far, coverage first
 */
public record BacktestRow(
    UUID id,
    UUID projectId,
    UUID environmentId,
    Map<String, @Nullable Object> request,
    String policy,
    String state,
    Map<String, @Nullable Object> report,
    String author,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime endedAt) {}
