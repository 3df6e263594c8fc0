package dev.saferun.replay.proof;

import dev.saferun.evaluator.KeptPolicies;
import dev.saferun.evaluator.KeptPolicy;
import dev.saferun.platform.Database;
import dev.saferun.platform.Scope;
import dev.saferun.replay.DriftListener;
import dev.saferun.replay.ProofConfiguration;
import dev.saferun.replay.store.ProofReads;
import dev.saferun.replay.store.ProofReads.Picked;
import dev.saferun.replay.store.RunReads;
import dev.saferun.replay.store.RunReads.StoredEvidence;
import io.micronaut.context.annotation.Context;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies a random sample of what is stored, every night and whenever somebody asks, on one thread
 * that rests as long as it works: a core is never taken for more than half of the time. What is
 * different or altered is counted, logged and told to the listeners.
 */
@Context
public final class SelfAudit {

  private static final Logger LOG = LoggerFactory.getLogger(SelfAudit.class);
  private static final long READ_SECONDS_MAX = 60;
  private static final int POLICIES_MAX = 32;

  private final Database database;
  private final ProofReads sampling;
  private final RunReads reads;
  private final KeptPolicies policies;
  private final Verifier verifier;
  private final ProofConfiguration configuration;
  private final List<DriftListener> listeners;
  private final LongCounter drift;
  private final InstantSource clock;
  private final Map<UUID, CompletableFuture<AuditCounts>> waiting = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("self-audit").factory());

  private volatile @Nullable ScheduledFuture<?> nextNight;

  SelfAudit(
      Database database,
      ProofReads sampling,
      RunReads reads,
      KeptPolicies policies,
      Verifier verifier,
      ProofConfiguration configuration,
      List<DriftListener> listeners,
      Meter meter,
      InstantSource clock) {
    this.database = database;
    this.sampling = sampling;
    this.reads = reads;
    this.policies = policies;
    this.verifier = verifier;
    this.configuration = configuration;
    this.listeners = List.copyOf(listeners);
    this.clock = clock;
    this.drift =
        meter
            .counterBuilder("saferun.proof.drift")
            .setDescription("Kept decisions that a self-audit found different or altered")
            .build();
    drift.add(0);
  }

  @PostConstruct
  void start() {
    if (configuration.selfAuditSample() > 0) {
      waitForNight();
    }
  }

  @PreDestroy
  void stop() {
    ScheduledFuture<?> waits = nextNight;
    if (waits != null) {
      waits.cancel(false);
    }
    thread.shutdownNow();
  }

  private void waitForNight() {
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDateTime today = now.toLocalDate().atTime(configuration.auditTime());
    LocalDateTime next = today.isAfter(now) ? today : today.plusDays(1);
    nextNight =
        thread.schedule(this::night, Duration.between(now, next).toMillis(), TimeUnit.MILLISECONDS);
  }

  private void night() {
    try {
      for (UUID organization : await(database.organizationIds())) {
        audit(organization, configuration.selfAuditSample());
      }
    } catch (RuntimeException away) {
      LOG.atWarn().setCause(away).log("a self-audit could not be made, the next night has another");
    } finally {
      if (!thread.isShutdown()) {
        waitForNight();
      }
    }
  }

  /** Makes an audit of the organization as soon as the thread is free, or joins one that waits. */
  public CompletionStage<AuditCounts> now(UUID organizationId) {
    int night = configuration.selfAuditSample();
    int sample = night == 0 ? ProofConfiguration.SAMPLE_USUAL : night;
    return waiting.computeIfAbsent(
        organizationId,
        id ->
            CompletableFuture.supplyAsync(
                () -> {
                  waiting.remove(id);
                  return audit(id, sample);
                },
                thread));
  }

  private AuditCounts audit(UUID organizationId, int sample) {
    AuditCounts.Counting counting = new AuditCounts.Counting();
    Map<String, Optional<KeptPolicy.Opened>> known = new HashMap<>();
    for (Picked picked : await(sampling.sample(organizationId, sample))) {
      Scope scope = new Scope(organizationId, picked.projectId(), picked.environmentId());
      Optional<StoredEvidence> stored = await(reads.decision(scope, picked.decisionId()));
      long begun = System.nanoTime();
      stored.ifPresent(found -> counting.add(verify(scope, picked.decisionId(), found, known)));
      LockSupport.parkNanos(System.nanoTime() - begun);
    }
    AuditCounts counts = counting.end();
    LOG.atInfo()
        .addKeyValue("organization", organizationId)
        .addKeyValue("results", counts.byResult())
        .addKeyValue("millis", counts.durationMillis())
        .log("kept decisions were verified");
    return counts;
  }

  private Finding verify(
      Scope scope,
      UUID decisionId,
      StoredEvidence stored,
      Map<String, Optional<KeptPolicy.Opened>> known) {
    Proof proof =
        await(
            verifier.unsealed(
                scope.organizationId(),
                decisionId,
                Proof.open(stored.evidence(), stored.sha256())));
    Optional<KeptPolicy.Opened> policy =
        proof.snapshot().flatMap(id -> policy(scope.organizationId(), id, known));
    Finding finding = verifier.verified(proof, decisionId, stored, policy).finding();
    if (finding.isAlarm()) {
      alarm(scope, decisionId, finding);
    }
    return finding;
  }

  /** Each is read and looked at once an audit, as long as there are not too many to hold. */
  private Optional<KeptPolicy.Opened> policy(
      UUID organizationId, String id, Map<String, Optional<KeptPolicy.Opened>> known) {
    if (known.size() == POLICIES_MAX && !known.containsKey(id)) {
      known.clear();
    }
    return known.computeIfAbsent(
        id, absent -> await(policies.find(organizationId, id)).map(KeptPolicy::open));
  }

  private void alarm(Scope scope, UUID decisionId, Finding finding) {
    drift.add(1);
    LOG.atError()
        .addKeyValue("decision", decisionId)
        .addKeyValue("environment", scope.environmentId())
        .addKeyValue("result", finding.wire())
        .addKeyValue("detail", FindingView.detail(finding))
        .log("a kept decision is not what was decided");
    for (DriftListener listener : listeners) {
      listener.drifted(scope, decisionId, finding.wire(), FindingView.detail(finding));
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(READ_SECONDS_MAX, TimeUnit.SECONDS).join();
  }
}
