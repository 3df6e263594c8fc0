package dev.saferun.appliance.health;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** In service, but not whole: operational for a load balancer, with the reason for a person. */
final class Degraded {

  private static final int BETWEEN_UP_AND_DOWN = 500;

  private Degraded() {}

  /**
   * Neither said to be operational nor the opposite: so the framework puts it between the two, the
   * whole is degraded where a part is, and it is answered 200 all the same.
   */
  static HealthStatus because(String reason) {
    return new HealthStatus("DEGRADED", reason, null, BETWEEN_UP_AND_DOWN);
  }

  /** The result with the reason among its details: of a status only the name is shown. */
  static HealthResult result(String name, HealthStatus status, Map<String, ?> details) {
    Map<String, Object> all = new LinkedHashMap<>(details);
    status.getDescription().ifPresent(reason -> all.put("reason", reason));
    return HealthResult.builder(name, status).details(all).build();
  }
}
