/**
 * What the appliance tells of itself: metrics by the OpenTelemetry SDK, read as Prometheus text at
 * {@code /metrics} on the management port, and pushed (with traces) only where {@code
 * saferun.telemetry.otlp-endpoint} names a collector. Without it nothing leaves the machine.
 */
@NullMarked
package dev.saferun.appliance.telemetry;

import org.jspecify.annotations.NullMarked;
