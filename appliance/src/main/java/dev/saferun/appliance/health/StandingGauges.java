package dev.saferun.appliance.health;

import dev.saferun.evaluator.SnapshotHealth;
import dev.saferun.platform.LastGood;
import dev.saferun.platform.RunningDatabase;
import io.micronaut.context.annotation.Context;
import io.opentelemetry.api.metrics.Meter;
import java.util.function.LongSupplier;

/** What the metrics page shows of what health tells in words, at each scrape. */
@Context
final class StandingGauges {

  StandingGauges(
      Meter meter, RunningDatabase database, SnapshotHealth policies, LastGood lastGood) {
    gauge(
        meter,
        "saferun.database.awaited",
        "1 while the database was not reached since the start, else 0",
        () -> database.awaitedSince().isPresent() ? 1 : 0);
    gauge(
        meter,
        "saferun.policy.from_disk",
        "1 while the policies in force are those that a start took from this node's disk, else 0",
        () -> policies.now().fromDisk() == null ? 0 : 1);
    gauge(
        meter,
        "saferun.policy.stale_environments",
        "Environments whose newest policy could not be put in force",
        () -> policies.now().stale().size());
    gauge(
        meter,
        "saferun.last_good.lagging",
        "Documents on this node's disk that are older than what is in force",
        () -> lastGood.lagging().size());
  }

  private static void gauge(Meter meter, String name, String description, LongSupplier figure) {
    meter
        .gaugeBuilder(name)
        .setDescription(description)
        .ofLongs()
        .buildWithCallback(measurement -> measurement.record(figure.getAsLong()));
  }
}
