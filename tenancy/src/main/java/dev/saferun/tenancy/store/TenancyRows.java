package dev.saferun.tenancy.store;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.tenancy.EnvironmentSettings;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/** The queries. Each names the organization although row-level security would do: two locks. */
@Singleton
class TenancyRows {

  /**
   * Those who change one organization take turns: of two who make the same thing the second finds
   * it, and neither overwrites what the other just changed.
   */
  CompletionStage<Void> takeTurn(Stage.Session session, UUID organizationId) {
    return session
        .createNativeQuery(
            "select cast(pg_advisory_xact_lock(hashtextextended(:organization, 0)) as text)",
            String.class)
        .setParameter("organization", "tenancy:" + organizationId)
        .getSingleResult()
        .thenAccept(taken -> {});
  }

  CompletionStage<OrganizationRow> organization(Stage.Session session, UUID organizationId) {
    return session
        .createSelectionQuery(
            "from OrganizationRow where id = :organization", OrganizationRow.class)
        .setParameter("organization", organizationId)
        .getResultList()
        .thenApply(rows -> required(only(rows)));
  }

  CompletionStage<List<ProjectRow>> projects(Stage.Session session, UUID organizationId) {
    return session
        .createSelectionQuery(
            "from ProjectRow where organizationId = :organization order by name", ProjectRow.class)
        .setParameter("organization", organizationId)
        .getResultList();
  }

  CompletionStage<Optional<ProjectRow>> findProject(
      Stage.Session session, UUID organizationId, String name) {
    return session
        .createSelectionQuery(
            "from ProjectRow where organizationId = :organization and name = :name",
            ProjectRow.class)
        .setParameter("organization", organizationId)
        .setParameter("name", name)
        .getResultList()
        .thenApply(TenancyRows::only);
  }

  CompletionStage<ProjectRow> project(Stage.Session session, UUID organizationId, String name) {
    return findProject(session, organizationId, name).thenApply(TenancyRows::required);
  }

  CompletionStage<List<EnvironmentRow>> environments(Stage.Session session, UUID organizationId) {
    return session
        .createSelectionQuery(
            "from EnvironmentRow where organizationId = :organization order by id",
            EnvironmentRow.class)
        .setParameter("organization", organizationId)
        .getResultList();
  }

  CompletionStage<Optional<EnvironmentRow>> findEnvironment(
      Stage.Session session, ProjectRow project, String name) {
    return session
        .createSelectionQuery(
            "from EnvironmentRow where organizationId = :organization and projectId = :project"
                + " and name = :name",
            EnvironmentRow.class)
        .setParameter("organization", project.organizationId)
        .setParameter("project", project.id)
        .setParameter("name", name)
        .getResultList()
        .thenApply(TenancyRows::only);
  }

  /** Every environment of the organization, with the names that it goes by. */
  CompletionStage<List<EnvironmentSettings>> settings(Stage.Session session, UUID organizationId) {
    return organization(session, organizationId)
        .thenCompose(
            organization ->
                projects(session, organizationId)
                    .thenCompose(
                        projects ->
                            environments(session, organizationId)
                                .thenApply(rows -> join(organization, projects, rows))));
  }

  private static List<EnvironmentSettings> join(
      OrganizationRow organization, List<ProjectRow> projects, List<EnvironmentRow> rows) {
    Map<UUID, String> names = new HashMap<>();
    projects.forEach(project -> names.put(project.id, project.name));
    List<EnvironmentSettings> settings = new ArrayList<>(rows.size());
    for (EnvironmentRow row : rows) {
      String project = names.get(row.projectId);
      // Absent only when the project was committed between the two reads; its own notice follows.
      if (project != null) {
        settings.add(row.record(organization.name, project));
      }
    }
    return settings;
  }

  private static <T> Optional<T> only(List<T> rows) {
    return rows.stream().findFirst();
  }

  static <T> T required(Optional<T> row) {
    return row.orElseThrow(
        () ->
            new ProblemException(
                CommonProblem.NOT_FOUND, "there is nothing of that name in your organization"));
  }
}
