package dev.saferun.auth.store;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The queries. Each names the organization although row-level security would do: two locks. */
@Singleton
class KeyRows {

  /** Every key that is not revoked; expired ones too, for their expiry may be moved. */
  CompletionStage<List<ApiKeyRow>> live(Stage.Session session, UUID organizationId) {
    return session
        .createSelectionQuery(
            "from ApiKeyRow where organizationId = :organization and revokedAt is null",
            ApiKeyRow.class)
        .setParameter("organization", organizationId)
        .getResultList();
  }

  CompletionStage<List<ApiKeyRow>> of(Stage.Session session, Scope scope) {
    UUID environmentId = scope.environmentId();
    Stage.SelectionQuery<ApiKeyRow> query =
        session
            .createSelectionQuery(
                "from ApiKeyRow where organizationId = :organization and "
                    + (environmentId == null
                        ? "environmentId is null"
                        : "environmentId = :environment")
                    + " order by id",
                ApiKeyRow.class)
            .setParameter("organization", scope.organizationId());
    return (environmentId == null ? query : query.setParameter("environment", environmentId))
        .getResultList();
  }

  CompletionStage<ApiKeyRow> one(Stage.Session session, Scope scope, UUID id) {
    return of(session, scope)
        .thenApply(
            rows ->
                required(rows.stream().filter(row -> row.id.equals(id)).findFirst().orElse(null)));
  }

  /** Moves the last use forward, never back: several nodes write it. */
  CompletionStage<Integer> used(Stage.Session session, UUID organizationId, UUID id, Instant at) {
    return session
        .createMutationQuery(
            "update ApiKeyRow set lastUsedAt = :at where organizationId = :organization"
                + " and id = :id and (lastUsedAt is null or lastUsedAt < :at)")
        .setParameter("at", at)
        .setParameter("organization", organizationId)
        .setParameter("id", id)
        .executeUpdate();
  }

  private static ApiKeyRow required(@Nullable ApiKeyRow row) {
    if (row == null) {
      throw new ProblemException(CommonProblem.NOT_FOUND, "there is no such key here");
    }
    return row;
  }
}
