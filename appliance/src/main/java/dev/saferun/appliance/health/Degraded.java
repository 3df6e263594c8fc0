package dev.saferun.appliance.health;

import io.micronaut.health.HealthStatus;

/** In service, but not whole: operational for a load balancer, with the reason for a person. */
final class Degraded {

  private static final int BETWEEN_UP_AND_DOWN = 500;

  private Degraded() {}

  static HealthStatus because(String reason) {
    return new HealthStatus("DEGRADED", reason, true, BETWEEN_UP_AND_DOWN);
  }
}
