package dev.saferun.appliance.health;

import dev.saferun.platform.SecretsHealth;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reactivestreams.Publisher;

/**
 * Whether values can be sealed and revealed now, and whether the keeper of the keys answers. Made
 * with the context, and with it the care of the keys: they are there before anyone asks.
 */
@Context
@Readiness
final class SecretsIndicator implements HealthIndicator {

  private final SecretsHealth secrets;

  SecretsIndicator(SecretsHealth secrets) {
    this.secrets = secrets;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    SecretsHealth.Status now = secrets.now();
    return Publishers.just(Degraded.result("secrets", status(now), details(now)));
  }

  private static HealthStatus status(SecretsHealth.Status now) {
    if (now.fault() != null) {
      return Degraded.because(
          now.keysMissing() == 0
              ? now.fault() + "; the data keys in memory serve until their time is over"
              : now.fault() + "; organizations are without their data key");
    }
    if (now.unreadable() > 0) {
      return Degraded.because("data keys do not open: altered, or their keeper's key is another");
    }
    return now.keysMissing() == 0
        ? HealthStatus.UP
        : Degraded.because("organizations are without their data key; it is being fetched");
  }

  private static Map<String, Object> details(SecretsHealth.Status now) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("keeper", now.keeper());
    details.put("keys_in_memory", now.keysInMemory());
    details.put("keys_missing", now.keysMissing());
    details.put("unreadable", now.unreadable());
    details.put("oldest_in_memory_seconds", now.oldestInMemory().toSeconds());
    Instant since = now.faultSince();
    if (since != null) {
      details.put("fault_since", since.toString());
    }
    return details;
  }
}
