package dev.saferun.evaluator.rules;

import dev.saferun.audit.AuditEvent;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Ids;
import dev.saferun.tenancy.Project;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/**
 * The loop guard of each project, with the same promises as {@link Rules}. A project that has
 * written none has the default.
 */
@Singleton
public class LoopGuards {

  private final ProjectWrites projects;
  private final RuleRows rows;
  private final InstantSource clock;

  LoopGuards(ProjectWrites projects, RuleRows rows, InstantSource clock) {
    this.projects = projects;
    this.rows = rows;
    this.clock = clock;
  }

  public CompletionStage<LoopGuardSettings> get(UUID organizationId, String project) {
    return projects.reading(
        organizationId,
        project,
        (session, found) ->
            rows.newestLoopGuard(session, organizationId, found.id())
                .thenApply(LoopGuards::settings));
  }

  /** Completes with the project that now has these settings. */
  public CompletionStage<Project> put(Actor by, String project, LoopGuardSettings settings) {
    return projects.writing(
        by.organizationId(),
        project,
        (session, found) ->
            rows.newestLoopGuard(session, by.organizationId(), found.id())
                .thenCompose(before -> put(session, found, before, settings, by))
                .thenApply(done -> found));
  }

  private CompletionStage<Void> put(
      Stage.Session session,
      Project project,
      Optional<LoopGuardVersionRow> before,
      LoopGuardSettings settings,
      Actor by) {
    LoopGuardSettings old = settings(before);
    if (old.equals(settings)) {
      return CompletableFuture.completedStage(null);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID id = Ids.next(now.toEpochMilli());
    int version = before.map(row -> row.version).orElse(0) + 1;
    AuditEvent event =
        new AuditEvent(
            by,
            "loop-guard.changed",
            "loop-guard:" + project.id(),
            old.toJson(),
            settings.toJson());
    return session
        .persist(new LoopGuardVersionRow(id, project.id(), version, settings, by, now))
        .thenCompose(persisted -> projects.putInForce(session, event));
  }

  private static LoopGuardSettings settings(Optional<LoopGuardVersionRow> row) {
    return row.map(LoopGuardVersionRow::record).orElse(LoopGuardSettings.DEFAULT);
  }
}
