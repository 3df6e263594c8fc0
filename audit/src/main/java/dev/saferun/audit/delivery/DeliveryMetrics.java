package dev.saferun.audit.delivery;

import dev.saferun.audit.AuditHealth;
import dev.saferun.audit.delivery.DestinationStore.Standing;
import dev.saferun.audit.log.LogState;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How far each destination is behind, as it was seen a few seconds ago. */
@Singleton
class DeliveryMetrics implements AuditHealth {

  private static final AttributeKey<String> ORGANIZATION = AttributeKey.stringKey("organization");
  private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("destination");
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long DATABASE_SECONDS_MAX = 30;

  private final DestinationStore destinations;
  private final LogState log;
  private final InstantSource clock;
  private final Map<UUID, List<Standing>> seen = new ConcurrentHashMap<>();
  private final Map<UUID, Long> lookedAt = new HashMap<>();

  /**
   * @param metered null where nobody measures
   */
  DeliveryMetrics(
      @Nullable Meter metered, DestinationStore destinations, LogState log, InstantSource clock) {
    Meter meter = metered == null ? OpenTelemetry.noop().getMeter("none") : metered;
    this.destinations = destinations;
    this.log = log;
    this.clock = clock;
    gauge(
        meter,
        "saferun.audit.destination_lag_events",
        "Events that wait for a destination",
        standing -> standing.progress().lag());
    gauge(
        meter,
        "saferun.audit.destination_lag_seconds",
        "How long ago the first event happened that waits for a destination",
        this::lagSeconds);
    gauge(
        meter,
        "saferun.audit.destination_failures",
        "Batches in a row that a destination did not take",
        standing -> standing.progress().failures());
    gauge(
        meter,
        "saferun.audit.destination_dead_letters",
        "Events that a destination will never take",
        standing -> standing.progress().deadLetters());
    gauge(
        meter,
        "saferun.audit.destination_delivered",
        "Events that a destination acknowledged",
        standing -> standing.progress().delivered());
  }

  private void gauge(
      Meter meter, String name, String description, ToLongFunction<Standing> figure) {
    meter
        .gaugeBuilder(name)
        .setDescription(description)
        .ofLongs()
        .buildWithCallback(
            measurement ->
                seen.values()
                    .forEach(
                        standings ->
                            standings.forEach(
                                standing ->
                                    measurement.record(
                                        figure.applyAsLong(standing), labels(standing)))));
  }

  private static Attributes labels(Standing standing) {
    return Attributes.of(
        ORGANIZATION,
        standing.destination().organizationId().toString(),
        DESTINATION,
        standing.destination().name());
  }

  private long lagSeconds(Standing standing) {
    var since = standing.progress().waitingSince();
    return since == null
        ? 0
        : Math.max(0, Duration.between(since.toInstant(), clock.instant()).toSeconds());
  }

  /** Looks at an organization's destinations, unless it did so just now. */
  void look(UUID organizationId) {
    long now = System.nanoTime();
    @Nullable Long last = lookedAt.get(organizationId);
    if (last == null || now - last >= EVERY_NANOS) {
      lookedAt.put(organizationId, now);
      seen.put(
          organizationId,
          destinations
              .all(organizationId)
              .toCompletableFuture()
              .orTimeout(DATABASE_SECONDS_MAX, TimeUnit.SECONDS)
              .join()
              .stream()
              .filter(standing -> standing.destination().enabled())
              .toList());
    }
  }

  @Override
  public Status now() {
    List<Standing> all = seen.values().stream().flatMap(List::stream).toList();
    return new Status(
        log.fault().orElse(null),
        all.size(),
        (int) all.stream().filter(standing -> standing.progress().failures() > 0).count(),
        all.stream().mapToLong(standing -> standing.progress().lag()).max().orElse(0),
        all.stream().mapToLong(standing -> standing.progress().deadLetters()).sum());
  }
}
