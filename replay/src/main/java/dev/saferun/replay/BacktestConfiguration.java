package dev.saferun.replay;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What backtests may use.
 *
 * @param workers threads that decide recorded calls again; 0 for one a processor. While live checks
 *     come in they rest nine tenths of their time
 * @param cacheBytesMax bytes on the local disk for copies of recorded actions; 0 for none
 */
@ConfigurationProperties("saferun.backtests")
public record BacktestConfiguration(
    @Bindable(defaultValue = "0") int workers,
    @Bindable(defaultValue = "8589934592") long cacheBytesMax) {}
