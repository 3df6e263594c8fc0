package dev.saferun.evaluator.rules;

import dev.saferun.audit.AuditEvent;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Ids;
import dev.saferun.tenancy.Project;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The guards of each project, with the same promises as {@link Rules}. A project that has written
 * nothing for one has its standard.
 */
@Singleton
public class Guards {

  private final ProjectWrites projects;
  private final RuleRows rows;
  private final InstantSource clock;

  Guards(ProjectWrites projects, RuleRows rows, InstantSource clock) {
    this.projects = projects;
    this.rows = rows;
    this.clock = clock;
  }

  public <T> CompletionStage<T> get(UUID organizationId, String project, Guard<T> guard) {
    return projects.reading(
        organizationId,
        project,
        (session, found) ->
            rows.newestGuard(session, organizationId, found.id(), guard.name())
                .thenApply(row -> settings(guard, row)));
  }

  /** Completes with the project that now has these settings. */
  public <T> CompletionStage<Project> put(Actor by, String project, Guard<T> guard, T settings) {
    return projects.writing(
        by.organizationId(),
        project,
        (session, found) ->
            rows.newestGuard(session, by.organizationId(), found.id(), guard.name())
                .thenCompose(before -> put(session, found, before, guard, settings, by))
                .thenApply(done -> found));
  }

  private <T> CompletionStage<Void> put(
      Stage.Session session,
      Project project,
      Optional<GuardVersionRow> before,
      Guard<T> guard,
      T settings,
      Actor by) {
    T old = settings(guard, before);
    if (old.equals(settings)) {
      return CompletableFuture.completedStage(null);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID id = Ids.next(now.toEpochMilli());
    int version = before.map(row -> row.version).orElse(0) + 1;
    Map<String, @Nullable Object> written = guard.write().apply(settings);
    AuditEvent event =
        new AuditEvent(
            by,
            guard.name() + ".changed",
            guard.name() + ":" + project.id(),
            guard.write().apply(old),
            written);
    return session
        .persist(new GuardVersionRow(id, project.id(), guard.name(), version, written, by, now))
        .thenCompose(persisted -> projects.putInForce(session, event));
  }

  private static <T> T settings(Guard<T> guard, Optional<GuardVersionRow> row) {
    return row.map(found -> guard.read().apply(found.tree())).orElse(guard.standard());
  }
}
