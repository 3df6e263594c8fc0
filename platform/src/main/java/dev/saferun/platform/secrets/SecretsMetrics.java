package dev.saferun.platform.secrets;

import dev.saferun.platform.SecretsHealth;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.function.ToLongFunction;

/** Counts what keepers were asked, and shows at each scrape how old the data keys are. */
final class SecretsMetrics {

  private static final AttributeKey<String> KEEPER = AttributeKey.stringKey("keeper");
  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("operation");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  private final Meter meter;
  private final LongCounter calls;
  private final LongCounter rewrapped;

  SecretsMetrics(Meter meter) {
    this.meter = meter;
    this.calls =
        meter
            .counterBuilder("saferun.secrets.keeper_calls")
            .setDescription("Questions to the keepers of secrets, by what became of them")
            .build();
    this.rewrapped =
        meter
            .counterBuilder("saferun.secrets.rewrapped")
            .setDescription("Data keys that were wrapped anew by a newer key-encryption key")
            .build();
  }

  void asked(String keeper, String operation, KeeperOutcome outcome) {
    calls.add(1, Attributes.of(KEEPER, keeper, OPERATION, operation, OUTCOME, outcome.wire()));
  }

  void rewrapped() {
    rewrapped.add(1);
  }

  void show(SecretsHealth health) {
    gauge(
        health,
        "saferun.secrets.keeper_failing",
        "1 while the keeper of the secrets does not answer, else 0",
        now -> now.fault() == null ? 0 : 1);
    gauge(
        health,
        "saferun.secrets.data_keys_in_memory",
        "Organizations whose newest data key is in memory",
        SecretsHealth.Status::keysInMemory);
    gauge(
        health,
        "saferun.secrets.data_keys_missing",
        "Organizations whose data key is not in memory",
        SecretsHealth.Status::keysMissing);
    gauge(
        health,
        "saferun.secrets.data_key_unwrapped_age_seconds",
        "How long ago that of the keys in memory was unwrapped which leaves it next",
        now -> now.oldestInMemory().toSeconds());
    gauge(
        health,
        "saferun.secrets.data_key_age_seconds",
        "How long ago the oldest of the organizations' newest data keys was made",
        now -> now.oldestKey().toSeconds());
  }

  private void gauge(
      SecretsHealth health,
      String name,
      String description,
      ToLongFunction<SecretsHealth.Status> figure) {
    meter
        .gaugeBuilder(name)
        .setDescription(description)
        .ofLongs()
        .buildWithCallback(measurement -> measurement.record(figure.applyAsLong(health.now())));
  }
}
