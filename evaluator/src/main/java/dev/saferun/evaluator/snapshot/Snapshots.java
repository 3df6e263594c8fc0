package dev.saferun.evaluator.snapshot;

import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.SnapshotHealth;
import dev.saferun.evaluator.UnusableRuleException;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.platform.LastGood;
import dev.saferun.platform.OrganizationMemory;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshot in force in each environment, kept on this node's disk too. Made at the start of the
 * context: building waits for the database, which a request must never do.
 *
 * <p>Snapshots are built on one thread, so that compiling a large policy leaves the other cores to
 * the checks. Reads of one organization take turns, so an older policy never replaces a newer one.
 */
@Context
public class Snapshots implements SnapshotHealth {

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final ChangeFeed changes;
  private final PolicySource source;
  private final Environments environments;
  private final InstantSource clock;
  private final ExecutorService builder =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("policy-builder").factory());
  private final Map<UUID, PolicySnapshot> inForce = new ConcurrentHashMap<>();
  private final Map<UUID, Stale> stale = new ConcurrentHashMap<>();
  private final PoliciesOnDisk onDisk;
  private final OrganizationMemory memory;

  Snapshots(
      Database database,
      ChangeFeed changes,
      PolicySource source,
      Environments environments,
      LastGood lastGood,
      InstantSource clock) {
    this.changes = changes;
    this.source = source;
    this.environments = environments;
    this.clock = clock;
    this.onDisk =
        new PoliciesOnDisk(
            inForce,
            environments,
            this::read,
            (environment, fault) -> mark(environment, Cause.RULE, fault));
    this.memory = new OrganizationMemory("policies", database, lastGood, onDisk);
  }

  @PostConstruct
  void start() {
    memory.start(
        () -> {
          changes.subscribe(PolicySource.TOPIC, this::refreshQuietly);
          environments.onChange(this::refreshQuietly);
        });
  }

  @PreDestroy
  void stop() {
    memory.close();
    builder.shutdownNow();
  }

  /** The snapshot to decide with; to be taken once for each check. */
  public Optional<PolicySnapshot> inForce(UUID environmentId) {
    return Optional.ofNullable(inForce.get(environmentId));
  }

  /**
   * The first snapshot of an environment that was made a moment ago, elsewhere: read now instead of
   * when the notice comes. Fails with {@link EvaluatorProblem#POLICY_NOT_LOADED}.
   */
  public CompletionStage<PolicySnapshot> awaitFirst(UUID organizationId, UUID environmentId) {
    return refreshQuietly(organizationId)
        .thenApply(
            done ->
                inForce(environmentId)
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                EvaluatorProblem.POLICY_NOT_LOADED,
                                "nothing can be decided here until a policy could be built")));
  }

  /**
   * Completes when all that is committed now is in force in the project's environments on this
   * node; fails with {@link EvaluatorProblem#NOT_IN_FORCE} where that cannot be done now.
   */
  public CompletionStage<Void> awaitInForce(UUID organizationId, UUID projectId) {
    return refreshQuietly(organizationId)
        .thenAccept(
            done -> {
              if (environments.ofProject(projectId).stream().anyMatch(this::isStale)) {
                throw new ProblemException(
                    EvaluatorProblem.NOT_IN_FORCE, "send the same again to learn when it is");
              }
            });
  }

  @Override
  public Status now() {
    return new Status(inForce.size(), stale, memory.fromDisk().orElse(null));
  }

  private boolean isStale(EnvironmentSettings environment) {
    return stale.containsKey(environment.scope().requireEnvironment());
  }

  /** How it went stands in {@link #stale}. */
  private CompletionStage<Void> refreshQuietly(UUID organizationId) {
    return memory.request(organizationId).exceptionally(fault -> null);
  }

  private CompletionStage<Void> read(UUID organizationId) {
    return source
        .read(organizationId)
        .thenApplyAsync(written -> build(organizationId, written), builder)
        .thenCompose(
            build ->
                source.keep(organizationId, build.changed()).thenAccept(kept -> putInForce(build)))
        .whenComplete(
            (done, fault) -> {
              if (fault != null) {
                markAll(organizationId, fault);
              }
            });
  }

  private Build build(UUID organizationId, Map<UUID, PolicySource.Written> written) {
    Build build = new Build(inForce, onDisk.unconfirmed());
    for (EnvironmentSettings environment : environments.ofOrganization(organizationId)) {
      UUID project = environment.scope().requireProject();
      build.add(environment, written.getOrDefault(project, PolicySource.Written.NOTHING));
    }
    return build;
  }

  private void putInForce(Build build) {
    for (PolicySource.Named named : build.changed()) {
      UUID environment = named.environment().requireEnvironment();
      inForce.put(environment, named.snapshot());
      onDisk.unconfirmed().remove(environment);
      LOG.atInfo()
          .addKeyValue("environment", environment)
          .addKeyValue("snapshot", named.snapshot().id())
          .log("a policy is in force");
    }
    build.good().forEach(stale::remove);
    build.unusable().forEach((environment, fault) -> mark(environment, Cause.RULE, fault));
  }

  private void markAll(UUID organizationId, Throwable fault) {
    for (EnvironmentSettings environment : environments.ofOrganization(organizationId)) {
      mark(environment.scope().requireEnvironment(), Cause.DATABASE, fault);
    }
  }

  /** Logs the first time only: what is tried again every half second would fill the log. */
  private void mark(UUID environment, Cause cause, Throwable fault) {
    Stale before = stale.get(environment);
    if (before != null && before.cause() == cause) {
      return;
    }
    stale.put(environment, new Stale(before == null ? clock.instant() : before.since(), cause));
    LOG.atError()
        .addKeyValue("environment", environment)
        .addKeyValue("cause", cause)
        .addKeyValue("rule", fault instanceof UnusableRuleException bad ? bad.rule() : "")
        .setCause(fault)
        .log("the newest policy could not be put in force; the last good one stays");
  }
}
