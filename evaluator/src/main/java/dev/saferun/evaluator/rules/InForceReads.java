package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.rules.RuleInProject.InEnvironment;
import dev.saferun.platform.Database;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Reads where the rules of a project are in force. */
@Singleton
final class InForceReads {

  private final Database database;
  private final Environments environments;

  InForceReads(Database database, Environments environments) {
    this.database = database;
    this.environments = environments;
  }

  /** Each rule with what its environments have of it, in the same order. */
  CompletionStage<List<RuleInProject>> of(
      UUID organizationId, UUID projectId, List<StoredRule> rules) {
    Map<UUID, String> names = names(projectId);
    Tuple parameters =
        Tuple.of(organizationId, projectId)
            .addArrayOfUUID(names.keySet().toArray(UUID[]::new))
            .addArrayOfString(rules.stream().map(one -> one.rule().name()).toArray(String[]::new));
    return database
        .inConnection(
            organizationId,
            connection ->
                connection
                    .preparedQuery(ActivationSql.EVERYWHERE)
                    .execute(parameters)
                    .map(rows -> byRule(rows, names))
                    .toCompletionStage())
        .thenApply(
            found ->
                rules.stream()
                    .map(
                        one ->
                            new RuleInProject(
                                one, found.getOrDefault(one.rule().name(), List.of())))
                    .toList());
  }

  private Map<UUID, String> names(UUID projectId) {
    Map<UUID, String> names = new HashMap<>();
    for (EnvironmentSettings one : environments.ofProject(projectId)) {
      names.put(one.scope().requireEnvironment(), one.environment());
    }
    return names;
  }

  private static Map<String, List<InEnvironment>> byRule(
      RowSet<Row> rows, Map<UUID, String> names) {
    Map<String, List<InEnvironment>> byRule = new HashMap<>();
    for (Row row : rows) {
      RuleState state = ActivationRows.state(row.getString("state"));
      String environment = names.getOrDefault(row.getUUID("environment_id"), "");
      if (state != RuleState.DRAFT) {
        byRule
            .computeIfAbsent(row.getString("rule"), rule -> new ArrayList<>())
            .add(new InEnvironment(environment, row.getInteger("version"), state));
      }
    }
    byRule.values().forEach(found -> found.sort(Comparator.comparing(InEnvironment::environment)));
    return byRule;
  }
}
