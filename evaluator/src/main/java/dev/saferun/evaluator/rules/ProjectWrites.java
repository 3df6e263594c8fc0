package dev.saferun.evaluator.rules;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.evaluator.snapshot.PolicySource;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.tenancy.Project;
import dev.saferun.tenancy.Tenancy;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hibernate.reactive.stage.Stage;

/**
 * What every change of a project's policy has in common: one writer at a time, and the version, its
 * audit event and its notice in one transaction.
 */
@Singleton
class ProjectWrites {

  private final Database database;
  private final ChangeFeed changes;
  private final AuditLog audit;
  private final Tenancy tenancy;
  private final RuleRows rows;

  ProjectWrites(
      Database database, ChangeFeed changes, AuditLog audit, Tenancy tenancy, RuleRows rows) {
    this.database = database;
    this.changes = changes;
    this.audit = audit;
    this.tenancy = tenancy;
    this.rows = rows;
  }

  /** A project that is not there, or is another's, is not found. */
  <T> CompletionStage<T> reading(
      UUID organizationId,
      String project,
      BiFunction<Stage.Session, Project, CompletionStage<T>> work) {
    return tenancy
        .project(organizationId, project)
        .thenCompose(
            found -> database.inSession(organizationId, session -> work.apply(session, found)));
  }

  <T> CompletionStage<T> writing(
      UUID organizationId,
      String project,
      BiFunction<Stage.Session, Project, CompletionStage<T>> work) {
    return tenancy
        .project(organizationId, project)
        .thenCompose(
            found -> inTurn(organizationId, found.id(), session -> work.apply(session, found)));
  }

  /** One writer at a time, for those who know the project's id. */
  <T> CompletionStage<T> inTurn(
      UUID organizationId, UUID projectId, Function<Stage.Session, CompletionStage<T>> work) {
    return database.inSession(
        organizationId,
        session -> rows.takeTurn(session, projectId).thenCompose(turn -> work.apply(session)));
  }

  /** For what is in force nowhere yet. */
  CompletionStage<Void> write(Stage.Session session, Object row, AuditEvent event) {
    return session.persist(row).thenCompose(persisted -> audit.record(session, event));
  }

  /** For what was written by a statement of its own. */
  CompletionStage<Void> record(Stage.Session session, AuditEvent event) {
    return audit.record(session, event);
  }

  /** For what is in force from now on. */
  CompletionStage<Void> putInForce(Stage.Session session, AuditEvent event) {
    return audit
        .record(session, event)
        .thenCompose(
            recorded ->
                changes.publish(session, event.actor().organizationId(), PolicySource.TOPIC));
  }
}
