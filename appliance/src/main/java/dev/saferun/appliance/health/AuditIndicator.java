package dev.saferun.appliance.health;

import dev.saferun.audit.AuditHealth;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Whether the audit log is carried on, and its destinations take events. */
@Context
@Readiness
final class AuditIndicator implements HealthIndicator {

  private final AuditHealth audit;

  AuditIndicator(AuditHealth audit) {
    this.audit = audit;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    AuditHealth.Status now = audit.now();
    return Publishers.just(Degraded.result("audit", status(now), details(now)));
  }

  private static HealthStatus status(AuditHealth.Status now) {
    if (now.logFault() != null) {
      return Degraded.because(
          "events are recorded, but the audit log is not carried on: " + now.logFault());
    }
    return now.failing() == 0
        ? HealthStatus.UP
        : Degraded.because(
            "%d of %d destinations do not take events; each shows why"
                .formatted(now.failing(), now.destinations()));
  }

  private static Map<String, Object> details(AuditHealth.Status now) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("destinations", now.destinations());
    details.put("failing", now.failing());
    details.put("waiting", now.waiting());
    details.put("dead_letters", now.deadLetters());
    return details;
  }
}
