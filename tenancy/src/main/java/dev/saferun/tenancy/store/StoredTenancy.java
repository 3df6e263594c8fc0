package dev.saferun.tenancy.store;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.EnvironmentChange;
import dev.saferun.tenancy.EnvironmentDefaults;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Name;
import dev.saferun.tenancy.Organization;
import dev.saferun.tenancy.Project;
import dev.saferun.tenancy.ProjectChange;
import dev.saferun.tenancy.Put;
import dev.saferun.tenancy.Tenancy;
import dev.saferun.tenancy.TenancyProblem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Tenancy in the database; each change is one transaction with its audit event and its notice. */
@Singleton
class StoredTenancy implements Tenancy {

  private final Database database;
  private final ChangeFeed changes;
  private final AuditLog audit;
  private final TenancyRows rows;
  private final EnvironmentsInMemory memory;
  private final InstantSource clock;

  StoredTenancy(
      Database database,
      ChangeFeed changes,
      AuditLog audit,
      TenancyRows rows,
      EnvironmentsInMemory memory,
      InstantSource clock) {
    this.database = database;
    this.changes = changes;
    this.audit = audit;
    this.rows = rows;
    this.memory = memory;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Organization> createOrganization(
      Stage.Session session, UUID organizationId, String name, Actor by) {
    OrganizationRow row = new OrganizationRow(organizationId, Name.require(name), now());
    return session
        .<Integer>createNativeQuery(
            "insert into platform.organization (id, created_at) values (:id, now())")
        .setParameter("id", organizationId)
        .executeUpdate()
        .thenCompose(inserted -> session.persist(row))
        .thenCompose(persisted -> session.flush())
        .exceptionallyCompose(fault -> CompletableFuture.failedStage(nameTaken(fault)))
        .thenCompose(
            flushed ->
                written(
                    session,
                    new AuditEvent(
                        by,
                        "organization.created",
                        "organization:" + organizationId,
                        null,
                        Map.of("name", name))))
        .thenApply(done -> row.record());
  }

  private static Throwable nameTaken(Throwable fault) {
    Throwable cause = fault;
    while (cause != null) {
      if (cause instanceof ConstraintViolationException) {
        return new ProblemException(
            TenancyProblem.ORGANIZATION_NAME_TAKEN, "choose another name for the organization");
      }
      cause = cause.getCause();
    }
    return fault;
  }

  @Override
  public CompletionStage<Project> createProject(
      Stage.Session session, UUID organizationId, String name, Actor by) {
    return createProject(session, organizationId, name, name, by).thenApply(ProjectRow::record);
  }

  private CompletionStage<ProjectRow> createProject(
      Stage.Session session, UUID organizationId, String name, String displayName, Actor by) {
    Instant now = now();
    ProjectRow project =
        new ProjectRow(newId(now), organizationId, Name.require(name), displayName, now);
    CompletionStage<Void> made =
        session
            .persist(project)
            .thenCompose(
                persisted ->
                    written(
                        session,
                        new AuditEvent(
                            by, "project.created", project.target(), null, project.audited())));
    for (String environment : EnvironmentDefaults.NAMES) {
      EnvironmentRow row = new EnvironmentRow(newId(now), project, environment, now);
      made = made.thenCompose(done -> createEnvironment(session, row, by));
    }
    return made.thenApply(done -> project);
  }

  private CompletionStage<Void> createEnvironment(
      Stage.Session session, EnvironmentRow row, Actor by) {
    return session
        .persist(row)
        .thenCompose(
            persisted ->
                written(
                    session,
                    new AuditEvent(by, "environment.created", row.target(), null, row.audited())));
  }

  @Override
  public CompletionStage<Void> changed(UUID organizationId) {
    return memory.refresh(organizationId);
  }

  @Override
  public CompletionStage<Organization> organization(UUID organizationId) {
    return database.inSession(
        organizationId,
        session -> rows.organization(session, organizationId).thenApply(OrganizationRow::record));
  }

  @Override
  public CompletionStage<List<Project>> projects(UUID organizationId) {
    return database.inSession(
        organizationId,
        session ->
            rows.projects(session, organizationId)
                .thenApply(found -> found.stream().map(ProjectRow::record).toList()));
  }

  @Override
  public CompletionStage<Project> project(UUID organizationId, String project) {
    return database.inSession(
        organizationId,
        session -> rows.project(session, organizationId, project).thenApply(ProjectRow::record));
  }

  @Override
  public CompletionStage<Put<Project>> putProject(Actor by, String project, ProjectChange change) {
    Name.require(project);
    UUID organization = by.organizationId();
    return inForce(
        organization,
        session ->
            rows.findProject(session, organization, project)
                .thenCompose(
                    found ->
                        found.isPresent()
                            ? renameProject(session, found.get(), change, by)
                            : createProject(
                                    session,
                                    organization,
                                    project,
                                    change.displayName().orElse(project),
                                    by)
                                .thenApply(row -> new Put<>(row.record(), true))));
  }

  private CompletionStage<Put<Project>> renameProject(
      Stage.Session session, ProjectRow row, ProjectChange change, Actor by) {
    Map<String, @Nullable Object> before = row.audited();
    row.displayName = change.displayName().orElse(row.displayName);
    return written(session, changeOf(by, "project.changed", row.target(), before, row.audited()))
        .thenApply(done -> new Put<>(row.record(), false));
  }

  @Override
  public CompletionStage<List<EnvironmentSettings>> environments(
      UUID organizationId, String project) {
    return database.inSession(
        organizationId,
        session ->
            rows.project(session, organizationId, project)
                .thenCompose(row -> rows.settings(session, organizationId))
                .thenApply(
                    all -> all.stream().filter(one -> one.project().equals(project)).toList()));
  }

  @Override
  public CompletionStage<EnvironmentSettings> environment(
      UUID organizationId, String project, String environment) {
    return environments(organizationId, project)
        .thenApply(
            all ->
                TenancyRows.required(
                    all.stream().filter(one -> one.environment().equals(environment)).findFirst()));
  }

  @Override
  public CompletionStage<Put<EnvironmentSettings>> putEnvironment(
      Actor by, String project, String environment, EnvironmentChange change) {
    Name.require(environment);
    UUID organization = by.organizationId();
    return inForce(
        organization,
        session ->
            rows.organization(session, organization)
                .thenCompose(
                    owner ->
                        rows.project(session, organization, project)
                            .thenCompose(
                                of ->
                                    rows.findEnvironment(session, of, environment)
                                        .thenCompose(
                                            found ->
                                                put(session, of, environment, found, change, by)))
                            .thenApply(
                                put ->
                                    new Put<>(
                                        put.value().record(owner.name, project), put.created()))));
  }

  private CompletionStage<Put<EnvironmentRow>> put(
      Stage.Session session,
      ProjectRow project,
      String name,
      Optional<EnvironmentRow> found,
      EnvironmentChange change,
      Actor by) {
    if (found.isEmpty()) {
      Instant now = now();
      EnvironmentRow made = new EnvironmentRow(newId(now), project, name, now);
      made.apply(change);
      return createEnvironment(session, made, by).thenApply(done -> new Put<>(made, true));
    }
    EnvironmentRow row = found.get();
    Map<String, @Nullable Object> before = row.audited();
    row.apply(change);
    return written(
            session, changeOf(by, "environment.changed", row.target(), before, row.audited()))
        .thenApply(done -> new Put<>(row, false));
  }

  /** No event where nothing changed: a PUT that says what is already so leaves no trace. */
  private static @Nullable AuditEvent changeOf(
      Actor by,
      String code,
      String target,
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after) {
    return before.equals(after) ? null : new AuditEvent(by, code, target, before, after);
  }

  private CompletionStage<Void> written(Stage.Session session, @Nullable AuditEvent event) {
    if (event == null) {
      return CompletableFuture.completedStage(null);
    }
    return audit
        .record(session, event)
        .thenCompose(
            recorded -> changes.publish(session, event.actor().organizationId(), Tenancy.TOPIC));
  }

  private <T> CompletionStage<T> inForce(
      UUID organizationId, Function<Stage.Session, CompletionStage<T>> work) {
    return database
        .inSession(
            organizationId,
            session ->
                rows.takeTurn(session, organizationId).thenCompose(turn -> work.apply(session)))
        .thenCompose(
            result ->
                // The commit stands even where the reading after it fails; that one is repeated.
                memory.refresh(organizationId).handle((refreshed, fault) -> result));
  }

  /** As exact as the database keeps it, so that what is answered now is what is read later. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static UUID newId(Instant now) {
    return Ids.next(now.toEpochMilli());
  }
}
