package dev.saferun.replay.retention;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Scope;
import dev.saferun.redaction.Retention;
import dev.saferun.tenancy.EnvironmentSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Ends what is older than an environment's policy allows, one batch a transaction, each with its
 * audit event: a batch that cannot be audited ends nothing.
 */
@Singleton
class Expiry {

  /** Records and runs of one transaction: short enough to stand in nobody's way. */
  static final int BATCH = 1_000;

  private static final UUID APPLIANCE = new UUID(0, 0);

  private static final String SHRED =
      """
      update replay.sealed set wrapped_key = null, shredded_at = :now
      where record_id in (
        select record_id from replay.sealed
        where environment_id = :environment and received_at < :before and wrapped_key is not null
        limit :batch)
      """;

  private static final String SHRED_ASIDE =
      """
      update replay.quarantine set wrapped_key = null
      where environment_id = :environment and received_at < :before and wrapped_key is not null
      """;

  private static final String RUNS =
      """
      with gone as (
        delete from replay.run where (environment_id, run_id) in (
          select environment_id, run_id from replay.run
          where environment_id = :environment and last_at < :before
          order by last_at limit :batch)
        returning environment_id, run_id),
      frames as (
        delete from replay.frame using gone
        where frame.environment_id = gone.environment_id and frame.run_id = gone.run_id
        returning frame.decision_id),
      sealed as (
        delete from replay.sealed using gone
        where sealed.environment_id = gone.environment_id and sealed.run_id = gone.run_id),
      labels as (
        delete from replay.label using frames where label.decision_id = frames.decision_id),
      approvals as (
        delete from replay.approval using gone
        where approval.environment_id = gone.environment_id and approval.run_id = gone.run_id)
      select cast(count(*) as integer) from gone
      """;

  private final Database database;
  private final AuditLog audit;

  Expiry(Database database, AuditLog audit) {
    this.database = database;
    this.audit = audit;
  }

  /** How much one batch ended. */
  record Ended(int originals, int runs) {

    boolean isAll() {
      return originals < BATCH && runs < BATCH;
    }

    boolean isNothing() {
      return originals == 0 && runs == 0;
    }
  }

  CompletionStage<Ended> batch(EnvironmentSettings environment, Retention retention, Instant now) {
    Scope scope = environment.scope();
    return database.inSession(
        scope.organizationId(),
        session ->
            shred(session, scope, retention.originalsDays(), now)
                .thenCompose(
                    originals ->
                        runs(session, scope, retention.runsDays(), now)
                            .thenApply(runs -> new Ended(originals, runs)))
                .thenCompose(ended -> audited(session, scope, ended)));
  }

  private static CompletionStage<Integer> shred(
      Stage.Session session, Scope scope, @Nullable Integer days, Instant now) {
    return days == null
        ? CompletableFuture.completedStage(0)
        : session
            .<Integer>createNativeQuery(SHRED)
            .setParameter("now", now.truncatedTo(ChronoUnit.MICROS))
            .setParameter("environment", scope.requireEnvironment())
            .setParameter("before", now.minus(Duration.ofDays(days)))
            .setParameter("batch", BATCH)
            .executeUpdate()
            .thenCompose(
                shredded ->
                    session
                        .<Integer>createNativeQuery(SHRED_ASIDE)
                        .setParameter("environment", scope.requireEnvironment())
                        .setParameter("before", now.minus(Duration.ofDays(days)))
                        .executeUpdate()
                        .thenApply(aside -> shredded));
  }

  private static CompletionStage<Integer> runs(
      Stage.Session session, Scope scope, @Nullable Integer days, Instant now) {
    return days == null
        ? CompletableFuture.completedStage(0)
        : session
            .createNativeQuery(RUNS, Integer.class)
            .setParameter("environment", scope.requireEnvironment())
            .setParameter("before", now.minus(Duration.ofDays(days)))
            .setParameter("batch", BATCH)
            .getSingleResult();
  }

  private CompletionStage<Ended> audited(Stage.Session session, Scope scope, Ended ended) {
    if (ended.isNothing()) {
      return CompletableFuture.completedStage(ended);
    }
    Map<String, @Nullable Object> after = new LinkedHashMap<>();
    after.put("originals", (long) ended.originals());
    after.put("runs", (long) ended.runs());
    AuditEvent event =
        new AuditEvent(
            new Actor(Actor.Kind.SYSTEM, APPLIANCE, "appliance", scope),
            "retention.applied",
            "environment:" + scope.requireEnvironment(),
            null,
            after);
    return audit.record(session, event).thenApply(recorded -> ended);
  }
}
