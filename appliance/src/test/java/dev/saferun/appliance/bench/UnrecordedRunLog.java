package dev.saferun.appliance.bench;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.RunLog;
import dev.saferun.evaluator.RunState;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.tenancy.EnvironmentSettings;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides and answers, and keeps nothing: what check-action costs without redaction and capture.
 */
@Singleton
@Primary
@Requires(property = "saferun.bench.unrecorded")
final class UnrecordedRunLog implements RunLog {

  @Override
  public CompletionStage<Kept> decide(
      EnvironmentSettings environment,
      Check check,
      Optional<Idempotency> idempotency,
      Decider decider) {
    Map<String, Object> answer =
        new LinkedHashMap<>(decider.decide(RunState.NEW).decision().toJson());
    answer.put("run_id", check.runId());
    answer.put("recorded", false);
    return CompletableFuture.completedFuture(new Kept.Durable(CanonicalJson.write(answer)));
  }
}
