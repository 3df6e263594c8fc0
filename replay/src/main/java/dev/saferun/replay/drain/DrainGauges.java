package dev.saferun.replay.drain;

import dev.saferun.replay.CaptureHealth;
import dev.saferun.replay.CaptureHealth.Status;
import io.opentelemetry.api.metrics.Meter;
import java.util.function.ToLongFunction;

/** What the metrics page shows of the journal and the drain at each scrape. */
final class DrainGauges {

  private DrainGauges() {}

  static void register(Meter meter, CaptureHealth health) {
    gauge(meter, health, "saferun.journal.undrained.records", Status::undrainedRecords);
    gauge(meter, health, "saferun.journal.undrained.bytes", Status::undrainedBytes);
    gauge(meter, health, "saferun.drain.lag.millis", Status::lagMillis);
    gauge(meter, health, "saferun.journal.healthy", status -> status.diskAccepts() ? 1 : 0);
  }

  private static void gauge(
      Meter meter, CaptureHealth health, String name, ToLongFunction<Status> figure) {
    meter
        .gaugeBuilder(name)
        .ofLongs()
        .buildWithCallback(measurement -> measurement.record(figure.applyAsLong(health.now())));
  }
}
