package dev.saferun.evaluator.opinion;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Opinion;
import dev.saferun.evaluator.OpinionLog;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.SecondOpinion;
import dev.saferun.evaluator.opinion.SecondOpinionConfiguration.When;
import dev.saferun.tenancy.EnvironmentSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the customer's own model is asked, and what becomes of what it says. Only calls that the
 * Intent Guard judges are asked about.
 */
@Singleton
public final class Opinions {

  private static final Logger LOG = LoggerFactory.getLogger(Opinions.class);
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  private final Optional<SecondOpinion> model;
  private final When when;
  private final OpinionLog log;
  private final LongCounter opinions;

  Opinions(
      Optional<SecondOpinion> model,
      SecondOpinionConfiguration configuration,
      OpinionLog log,
      Meter meter) {
    this.model = model;
    this.when = configuration.asked();
    this.log = log;
    this.opinions =
        meter
            .counterBuilder("saferun.intent.second_opinions")
            .setDescription("Opinions of the customer's own model, by outcome")
            .build();
  }

  /** What there is to know before the call is decided; empty where nobody is asked before. */
  public CompletionStage<Optional<Opinion>> before(PolicySnapshot snapshot, Check check) {
    return asked(When.BEFORE, snapshot)
        .map(asked -> ask(asked, check).thenApply(Optional::of))
        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
  }

  /** Asks about a call whose decision is durable and keeps what comes of it; returns at once. */
  public void after(
      EnvironmentSettings environment, PolicySnapshot snapshot, Check check, UUID decisionId) {
    asked(When.AFTER, snapshot)
        .ifPresent(
            asked ->
                ask(asked, check)
                    .thenCompose(
                        opinion -> log.keep(environment, check.runId(), decisionId, opinion))
                    .whenComplete(
                        (kept, fault) -> {
                          if (fault != null) {
                            LOG.atWarn().setCause(fault).log("a second opinion was not kept");
                          }
                        }));
  }

  private Optional<SecondOpinion> asked(When now, PolicySnapshot snapshot) {
    return when == now && snapshot.content().intent().on() ? model : Optional.empty();
  }

  private CompletionStage<Opinion> ask(SecondOpinion asked, Check check) {
    return asked
        .ask(check)
        .thenApply(
            opinion -> {
              opinions.add(1, Attributes.of(OUTCOME, opinion.outcome().wire()));
              return opinion;
            });
  }
}
