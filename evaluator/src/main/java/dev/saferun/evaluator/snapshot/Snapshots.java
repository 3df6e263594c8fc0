package dev.saferun.evaluator.snapshot;

import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.SnapshotHealth;
import dev.saferun.evaluator.rules.RuleBook;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.platform.OrganizationRefresh;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import io.micronaut.context.annotation.Context;
import io.vertx.sqlclient.Tuple;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshot in force in each environment, in memory. A check takes the reference once.
 *
 * <p>A change of rules, loop guard or modes is read, compiled and swapped off the event loops. The
 * content is in the database before it is in force, so that whatever a decision names can be
 * loaded. What cannot be built leaves the last good snapshot in force and is told by {@link
 * #stale}; the reading is tried again until it succeeds.
 */
@Context
public class Snapshots implements SnapshotHealth {

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final long LOAD_SECONDS_MAX = 120;

  private final Database database;
  private final ChangeFeed changes;
  private final RuleBook rules;
  private final Environments environments;
  private final ExecutorService compiler =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("policy-compiler").factory());
  private final OrganizationRefresh refresh = new OrganizationRefresh(this::read);
  private final Map<UUID, PolicySnapshot> inForce = new ConcurrentHashMap<>();
  private final Map<UUID, String> stale = new ConcurrentHashMap<>();

  Snapshots(Database database, ChangeFeed changes, RuleBook rules, Environments environments) {
    this.database = database;
    this.changes = changes;
    this.rules = rules;
    this.environments = environments;
  }

  /** Subscribes before it loads, so that no change falls between the two. */
  @PostConstruct
  void start() {
    changes.subscribe(RuleBook.TOPIC, this::refreshQuietly);
    environments.onChange(this::refreshQuietly);
    database
        .organizationIds()
        .thenCompose(
            ids ->
                CompletableFuture.allOf(
                    ids.stream()
                        .map(id -> refresh.request(id).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new)))
        .toCompletableFuture()
        .orTimeout(LOAD_SECONDS_MAX, TimeUnit.SECONDS)
        .join();
  }

  @PreDestroy
  void stop() {
    compiler.shutdownNow();
  }

  private void refreshQuietly(UUID organizationId) {
    refresh.request(organizationId).exceptionally(fault -> null);
  }

  /**
   * The snapshot in force; empty where the environment is so new that this node has not read it.
   */
  public Optional<PolicySnapshot> of(UUID environmentId) {
    return Optional.ofNullable(inForce.get(environmentId));
  }

  /**
   * The snapshot of an environment that was made a moment ago: reads it now instead of waiting to
   * be told.
   */
  public CompletionStage<PolicySnapshot> made(EnvironmentSettings environment) {
    return changed(environment.scope().organizationId())
        .thenApply(
            read ->
                of(environment.scope().requireEnvironment())
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                EvaluatorProblem.NO_POLICY, "try again in a moment")));
  }

  /** Completes when what is committed now is in force on this node. */
  public CompletionStage<Void> changed(UUID organizationId) {
    return refresh.request(organizationId);
  }

  @Override
  public Map<UUID, String> stale() {
    return Map.copyOf(stale);
  }

  @Override
  public int inForce() {
    return inForce.size();
  }

  private CompletionStage<Void> read(UUID organizationId) {
    List<EnvironmentSettings> settings = environments.ofOrganization(organizationId);
    Map<UUID, CompletionStage<RuleBook.Pages>> byProject = new HashMap<>();
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (EnvironmentSettings environment : settings) {
      CompletionStage<RuleBook.Pages> pages =
          byProject.computeIfAbsent(
              environment.scope().requireProject(),
              project ->
                  database.inSession(
                      organizationId, session -> rules.pages(session, organizationId, project)));
      CompletionStage<Void> one =
          pages
              .thenApplyAsync(found -> compile(environment, found), compiler)
              .thenCompose(built -> publish(environment, built));
      all = all.thenCombine(one, (done, published) -> null);
    }
    return all;
  }

  private Optional<PolicySnapshot> compile(EnvironmentSettings environment, RuleBook.Pages pages) {
    UUID id = environment.scope().requireEnvironment();
    try {
      PolicyContent content =
          new PolicyContent(
              environment.mode(), environment.onError(), pages.rules(), pages.loopGuard());
      return Optional.of(PolicySnapshot.of(content, inForce.get(id)));
    } catch (RuntimeException fault) {
      stale.put(id, String.valueOf(fault.getMessage()));
      LOG.atError()
          .addKeyValue("environment", id)
          .setCause(fault)
          .log("the rules do not compile; the last good ones stay in force");
      return Optional.empty();
    }
  }

  private CompletionStage<Void> publish(
      EnvironmentSettings environment, Optional<PolicySnapshot> built) {
    UUID id = environment.scope().requireEnvironment();
    PolicySnapshot current = inForce.get(id);
    if (built.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    PolicySnapshot next = built.get();
    if (current != null && current.id().equals(next.id())) {
      stale.remove(id);
      return CompletableFuture.completedStage(null);
    }
    return keep(environment, next)
        .thenAccept(
            kept -> {
              inForce.put(id, next);
              stale.remove(id);
              LOG.atInfo()
                  .addKeyValue("environment", id)
                  .addKeyValue("snapshot", next.id())
                  .log("policy in force");
            });
  }

  private CompletionStage<Void> keep(EnvironmentSettings environment, PolicySnapshot snapshot) {
    UUID organization = environment.scope().organizationId();
    Tuple row =
        Tuple.of(
            organization,
            environment.scope().requireProject(),
            environment.scope().requireEnvironment(),
            snapshot.id(),
            io.vertx.core.buffer.Buffer.buffer(snapshot.bytes()));
    return database.inConnection(
        organization,
        connection ->
            connection
                .preparedQuery(
                    "insert into evaluator.snapshot (organization_id, project_id, environment_id, id, content)"
                        + " values ($1, $2, $3, $4, $5) on conflict do nothing")
                .execute(row)
                .<Void>mapEmpty()
                .toCompletionStage());
  }
}
