package dev.saferun.evaluator.rules;

import dev.saferun.audit.AuditEvent;
import dev.saferun.evaluator.IntentModel;
import dev.saferun.evaluator.IntentModels;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Ids;
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
import java.util.function.IntFunction;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

@Singleton
class StoredIntentModels implements IntentModels {

  private static final int VERSIONS_MAX = 1_000;

  private final ProjectWrites projects;
  private final InstantSource clock;

  StoredIntentModels(ProjectWrites projects, InstantSource clock) {
    this.projects = projects;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Version> keep(
      Actor by,
      String project,
      IntFunction<IntentModel> made,
      Map<String, @Nullable Object> comparison) {
    return projects.writing(
        by.organizationId(),
        project,
        (session, found) ->
            rows(session, by.organizationId(), found.id())
                .thenCompose(
                    before -> {
                      int number = before.isEmpty() ? 1 : before.getFirst().number + 1;
                      IntentModel model = made.apply(number);
                      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                      IntentModelRow row =
                          new IntentModelRow(
                              Ids.next(now.toEpochMilli()),
                              found.id(),
                              number,
                              model,
                              comparison,
                              by,
                              now);
                      AuditEvent event =
                          new AuditEvent(
                              by,
                              "intent-model.made",
                              "intent-model:" + row.id,
                              Map.of(),
                              model.toJson());
                      return projects
                          .write(session, row, event)
                          .thenApply(written -> row.version());
                    }));
  }

  @Override
  public CompletionStage<List<Version>> all(UUID organizationId, String project) {
    return projects.reading(
        organizationId,
        project,
        (session, found) ->
            rows(session, organizationId, found.id())
                .thenApply(rows -> rows.stream().map(IntentModelRow::version).toList()));
  }

  @Override
  public CompletionStage<Optional<IntentModel>> find(
      UUID organizationId, String project, String name) {
    if (name.equals(IntentModel.STANDARD.name())) {
      return CompletableFuture.completedStage(Optional.of(IntentModel.STANDARD));
    }
    return all(organizationId, project)
        .thenApply(
            versions ->
                versions.stream()
                    .map(Version::model)
                    .filter(model -> model.name().equals(name))
                    .findFirst());
  }

  private static CompletionStage<List<IntentModelRow>> rows(
      Stage.Session session, UUID organizationId, UUID projectId) {
    return session
        .createSelectionQuery(
            "from IntentModelRow where organizationId = :organization"
                + " and projectId = :project order by number desc",
            IntentModelRow.class)
        .setParameter("organization", organizationId)
        .setParameter("project", projectId)
        .setMaxResults(VERSIONS_MAX)
        .getResultList();
  }
}
