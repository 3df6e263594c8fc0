package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.snapshot.PolicySource;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.Database;
import dev.saferun.platform.Scope;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The written policies, and the snapshots made of them, in the database. */
@Singleton
class StoredPolicies implements PolicySource {

  private static final String KEEP =
      """
      insert into evaluator.snapshot (organization_id, project_id, environment_id, id, content)
      values ($1, $2, $3, $4, $5) on conflict do nothing""";

  private final Database database;
  private final RuleRows rows;

  StoredPolicies(Database database, RuleRows rows) {
    this.database = database;
    this.rows = rows;
  }

  @Override
  public CompletionStage<Map<UUID, Written>> read(UUID organizationId) {
    return database.inSession(
        organizationId,
        session ->
            rows.newestRules(session, organizationId)
                .thenCompose(
                    rules ->
                        rows.newestLoopGuards(session, organizationId)
                            .thenApply(guards -> byProject(rules, guards))));
  }

  private static Map<UUID, Written> byProject(
      List<RuleVersionRow> ruleRows, List<LoopGuardVersionRow> guardRows) {
    Map<UUID, List<ActiveRule>> rules = new HashMap<>();
    for (RuleVersionRow row : ruleRows) {
      rules
          .computeIfAbsent(row.projectId, project -> new ArrayList<>())
          .add(ActiveRule.of(row.rule(), RuleState.BLOCK));
    }
    Map<UUID, LoopGuardSettings> guards = new HashMap<>();
    guardRows.forEach(row -> guards.put(row.projectId, row.record()));
    Set<UUID> projects = new HashSet<>(rules.keySet());
    projects.addAll(guards.keySet());
    Map<UUID, Written> written = new HashMap<>();
    for (UUID project : projects) {
      written.put(
          project,
          new Written(
              rules.getOrDefault(project, List.of()),
              guards.getOrDefault(project, LoopGuardSettings.DEFAULT)));
    }
    return written;
  }

  @Override
  public CompletionStage<Void> keep(UUID organizationId, List<Named> snapshots) {
    if (snapshots.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    List<Tuple> batch = snapshots.stream().map(StoredPolicies::tuple).toList();
    return database.inConnection(
        organizationId,
        connection ->
            connection
                .preparedQuery(KEEP)
                .executeBatch(batch)
                .<Void>mapEmpty()
                .toCompletionStage());
  }

  private static Tuple tuple(Named named) {
    Scope environment = named.environment();
    return Tuple.of(
        environment.organizationId(),
        environment.requireProject(),
        environment.requireEnvironment(),
        named.snapshot().id(),
        Buffer.buffer(CanonicalJson.write(named.snapshot().content().manifest())));
  }
}
