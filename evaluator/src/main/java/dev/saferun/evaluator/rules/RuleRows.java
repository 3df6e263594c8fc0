package dev.saferun.evaluator.rules;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/** The queries. Each names the organization although row-level security would do: two locks. */
@Singleton
class RuleRows {

  /** The newest version of each rule of a project whose name comes after {@code after}, by name. */
  CompletionStage<List<RuleVersionRow>> page(
      Stage.Session session, UUID organizationId, UUID projectId, String after, int count) {
    return session
        .createNativeQuery(
            """
            select distinct on (name) * from evaluator.rule_version
            where organization_id = :organization and project_id = :project and name > :after
            order by name, version desc limit :count""",
            RuleVersionRow.class)
        .setParameter("organization", organizationId)
        .setParameter("project", projectId)
        .setParameter("after", after)
        .setParameter("count", count)
        .getResultList();
  }

  CompletionStage<Optional<RuleVersionRow>> newestRule(
      Stage.Session session, UUID organizationId, UUID projectId, String name) {
    return versions(session, organizationId, projectId, name, Integer.MAX_VALUE, 1)
        .thenApply(rows -> rows.stream().findFirst());
  }

  /** The versions of a rule before a number, the newest first. */
  CompletionStage<List<RuleVersionRow>> versions(
      Stage.Session session,
      UUID organizationId,
      UUID projectId,
      String name,
      int before,
      int count) {
    return session
        .createSelectionQuery(
            "from RuleVersionRow where organizationId = :organization and projectId = :project"
                + " and name = :name and version < :before order by version desc",
            RuleVersionRow.class)
        .setParameter("organization", organizationId)
        .setParameter("project", projectId)
        .setParameter("name", name)
        .setParameter("before", before)
        .setMaxResults(count)
        .getResultList();
  }

  CompletionStage<Long> countRules(Stage.Session session, UUID organizationId, UUID projectId) {
    return session
        .createSelectionQuery(
            "select count(*) from RuleVersionRow where organizationId = :organization"
                + " and projectId = :project and version = 1",
            Long.class)
        .setParameter("organization", organizationId)
        .setParameter("project", projectId)
        .getSingleResult();
  }

  CompletionStage<Optional<GuardVersionRow>> newestGuard(
      Stage.Session session, UUID organizationId, UUID projectId, String guard) {
    return session
        .createSelectionQuery(
            "from GuardVersionRow where organizationId = :organization"
                + " and projectId = :project and guard = :guard order by version desc",
            GuardVersionRow.class)
        .setParameter("organization", organizationId)
        .setParameter("project", projectId)
        .setParameter("guard", guard)
        .setMaxResults(1)
        .getResultList()
        .thenApply(rows -> rows.stream().findFirst());
  }

  /** Two writers of one project take turns, or both would write the same next version. */
  CompletionStage<Void> takeTurn(Stage.Session session, UUID projectId) {
    return session
        .createNativeQuery(
            "select cast(pg_advisory_xact_lock(hashtextextended(:project, 0)) as text)",
            String.class)
        .setParameter("project", "evaluator:" + projectId)
        .getSingleResult()
        .thenAccept(taken -> {});
  }
}
