package dev.saferun.replay.proof;

import dev.saferun.evaluator.KeptPolicies;
import dev.saferun.evaluator.KeptPolicy;
import dev.saferun.replay.capture.Unsealing;
import dev.saferun.replay.store.RunReads.StoredEvidence;
import io.micronaut.scheduling.TaskExecutors;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Verifies stored decisions, and counts what came out. */
@Singleton
public final class Verifier {

  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");

  private final KeptPolicies policies;
  private final Unsealing unsealing;
  private final ExecutorService compiling;
  private final CompiledPolicies compiled = new CompiledPolicies();
  private final LongCounter verified;

  Verifier(
      KeptPolicies policies,
      Unsealing unsealing,
      @Named(TaskExecutors.IO) ExecutorService compiling,
      Meter meter) {
    this.unsealing = unsealing;
    this.policies = policies;
    this.compiling = compiling;
    this.verified =
        meter
            .counterBuilder("saferun.proof.verified")
            .setDescription("Kept decisions that were decided again, by what came out")
            .build();
  }

  /** Verifies a decision off the threads that requests come in on. */
  public CompletionStage<Verified> verify(
      UUID organizationId, UUID decisionId, StoredEvidence stored) {
    return opened(
        organizationId,
        stored,
        proof -> unsealed(organizationId, decisionId, proof),
        (proof, policy) -> verified(proof, decisionId, stored, policy.map(KeptPolicy::open)));
  }

  /**
   * Says why a decision comes out as it does, off the threads that requests come in on. It tells
   * texts that rules read, so what was sealed stays sealed for it.
   *
   * @param wanted which of the tool's rules, by name
   */
  public CompletionStage<Explained> explain(
      UUID organizationId, StoredEvidence stored, Predicate<String> wanted) {
    return opened(
        organizationId,
        stored,
        CompletableFuture::completedStage,
        (proof, kept) -> {
          Optional<KeptPolicy.Opened> policy = kept.map(KeptPolicy::open);
          return new Explained(
              proof.evidence(),
              proof.finding(policy, compiled),
              proof.explanation(policy, compiled, wanted));
        });
  }

  /** The proof with what was sealed in its place, as far as that can be opened. */
  CompletionStage<Proof> unsealed(UUID organizationId, UUID decisionId, Proof proof) {
    return unsealing
        .whole(organizationId, List.of(new Unsealing.Kept(decisionId, proof.evidence())))
        .thenApply(whole -> proof.with(whole.getFirst()));
  }

  private <T> CompletionStage<T> opened(
      UUID organizationId,
      StoredEvidence stored,
      Function<Proof, CompletionStage<Proof>> whole,
      BiFunction<Proof, Optional<KeptPolicy>, T> made) {
    return CompletableFuture.supplyAsync(
            () -> Proof.open(stored.evidence(), stored.sha256()), compiling)
        .thenCompose(whole)
        .thenCompose(
            proof ->
                policy(organizationId, proof)
                    .thenApplyAsync(policy -> made.apply(proof, policy), compiling));
  }

  private CompletionStage<Optional<KeptPolicy>> policy(UUID organizationId, Proof proof) {
    return proof.snapshot().isEmpty()
        ? CompletableFuture.completedStage(Optional.empty())
        : policies.find(organizationId, proof.snapshot().get());
  }

  /** Verifies a decision here and now, with the policy that its proof asked for. */
  Verified verified(
      Proof proof, UUID decisionId, StoredEvidence stored, Optional<KeptPolicy.Opened> policy) {
    Finding finding =
        belongs(proof.evidence(), decisionId, stored)
            ? proof.finding(policy, compiled)
            : new Finding.Altered(Finding.Part.EVIDENCE, "of another decision");
    verified.add(1, Attributes.of(RESULT, finding.wire()));
    return new Verified(finding, proof.snapshot());
  }

  /** Whether the evidence is of the row that it stands in; one that cannot be read is let by. */
  private static boolean belongs(
      Map<String, @Nullable Object> evidence, UUID decisionId, StoredEvidence stored) {
    return evidence.isEmpty()
        || (decisionId.toString().equals(evidence.get("decision_id"))
            && stored.runId().equals(evidence.get("run_id"))
            && Long.valueOf(stored.frame()).equals(evidence.get("frame")));
  }
}
