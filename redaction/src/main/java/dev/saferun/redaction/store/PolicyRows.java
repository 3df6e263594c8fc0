package dev.saferun.redaction.store;

import dev.saferun.redaction.PolicyOwner;
import dev.saferun.redaction.RedactionRules;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/** The queries. Each names the organization although row-level security would do: two locks. */
@Singleton
class PolicyRows {

  private static final int VERSIONS_MAX = 200;

  /** Those who write one organization's layers take turns. */
  CompletionStage<Void> takeTurn(Stage.Session session, UUID organizationId) {
    return session
        .createNativeQuery(
            "select cast(pg_advisory_xact_lock(hashtextextended(:organization, 0)) as text)",
            String.class)
        .setParameter("organization", "redaction:" + organizationId)
        .getSingleResult()
        .thenAccept(taken -> {});
  }

  /** The versions of one owner, the newest first. */
  CompletionStage<List<PolicyVersionRow>> versions(
      Stage.Session session, PolicyOwner owner, int most) {
    Stage.SelectionQuery<PolicyVersionRow> query =
        session
            .createSelectionQuery(
                "from PolicyVersionRow where organizationId = :organization and "
                    + is("projectId", "project", owner.projectId())
                    + " and "
                    + is("environmentId", "environment", owner.environmentId())
                    + " order by version desc",
                PolicyVersionRow.class)
            .setParameter("organization", owner.organizationId())
            .setMaxResults(Math.min(most, VERSIONS_MAX));
    if (owner.projectId() != null) {
      query.setParameter("project", owner.projectId());
    }
    if (owner.environmentId() != null) {
      query.setParameter("environment", owner.environmentId());
    }
    return query.getResultList();
  }

  private static String is(
      String column, String parameter, @org.jspecify.annotations.Nullable UUID value) {
    return value == null ? column + " is null" : column + " = :" + parameter;
  }

  /** The newest layer of each owner in the organization. */
  CompletionStage<Map<UUID, RedactionRules>> newest(Stage.Session session, UUID organizationId) {
    return session
        .createSelectionQuery(
            "from PolicyVersionRow one where one.organizationId = :organization and one.version ="
                + " (select max(other.version) from PolicyVersionRow other"
                + " where other.organizationId = :organization"
                + " and other.projectId is not distinct from one.projectId"
                + " and other.environmentId is not distinct from one.environmentId)",
            PolicyVersionRow.class)
        .setParameter("organization", organizationId)
        .getResultList()
        .thenApply(
            rows -> {
              Map<UUID, RedactionRules> newest = new LinkedHashMap<>();
              rows.forEach(row -> newest.put(owner(row), row.rules()));
              return newest;
            });
  }

  private static UUID owner(PolicyVersionRow row) {
    if (row.environmentId != null) {
      return row.environmentId;
    }
    return row.projectId == null ? row.organizationId : row.projectId;
  }
}
