package dev.saferun.appliance.telemetry;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the telemetry.
 *
 * @param otlpEndpoint the collector's OTLP/gRPC address; absent means that nothing is exported
 * @param exportInterval how often metrics are pushed
 */
@ConfigurationProperties("saferun.telemetry")
record TelemetryConfiguration(
    @Nullable String otlpEndpoint, @Bindable(defaultValue = "30s") Duration exportInterval) {}
