package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.IntentGuardSettings;
import dev.saferun.evaluator.LoopGuardSettings;
import dev.saferun.evaluator.snapshot.PolicySource;
import dev.saferun.platform.Database;
import dev.saferun.platform.Scope;
import dev.saferun.platform.StrictJson;
import dev.saferun.tenancy.EnvironmentSettings;
import dev.saferun.tenancy.Environments;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The written policies, and the snapshots made of them, in the database. What was read stays in
 * memory, which holds what is in force and no more: a change reads the lines that are new, and the
 * versions that were not in force before.
 */
@Singleton
class StoredPolicies implements PolicySource {

  private static final String KEEP =
      """
      insert into evaluator.snapshot (organization_id, project_id, environment_id, id, content)
      values ($1, $2, $3, $4, $5) on conflict do nothing""";

  private static final String GUARDS =
      """
      select distinct on (project_id, guard) project_id, guard, settings from evaluator.guard_version
      where organization_id = $1
      order by project_id, guard, version desc""";

  private static final String VERSIONS =
      "select * from evaluator.rule_version where organization_id = $1 and id = any($2)";

  private final Database database;
  private final Environments environments;
  private final Map<UUID, RulesInMemory> known = new ConcurrentHashMap<>();

  StoredPolicies(Database database, Environments environments) {
    this.database = database;
    this.environments = environments;
  }

  /** Reads of one organization take turns: the caller sees to it. */
  @Override
  public CompletionStage<Map<UUID, Written>> read(UUID organizationId) {
    RulesInMemory before = known.getOrDefault(organizationId, RulesInMemory.NONE);
    List<EnvironmentSettings> all = environments.ofOrganization(organizationId);
    return database
        .inConnection(
            organizationId,
            connection ->
                rules(connection, organizationId, all, before)
                    .compose(
                        rules ->
                            guards(connection, organizationId)
                                .map(guards -> new Read(rules, guards)))
                    .toCompletionStage())
        .thenApply(
            read -> {
              known.put(organizationId, read.rules);
              return byProject(all, read);
            });
  }

  private record Read(RulesInMemory rules, Map<UUID, WrittenGuards> guards) {}

  /** The guards of one project. */
  private static final class WrittenGuards {
    private LoopGuardSettings loop = LoopGuardSettings.DEFAULT;
    private IntentGuardSettings intent = IntentGuardSettings.STANDARD;
  }

  private static Future<RulesInMemory> rules(
      SqlConnection connection,
      UUID organization,
      List<EnvironmentSettings> all,
      RulesInMemory before) {
    return connection
        .preparedQuery(ActivationSql.SINCE)
        .execute(since(organization, all, before))
        .map(rows -> ActivationRows.all(rows, RulesInMemory.Line::of))
        .compose(
            lines ->
                connection
                    .preparedQuery(VERSIONS)
                    .execute(Tuple.of(organization).addArrayOfUUID(before.missing(lines)))
                    .map(rows -> before.with(lines, ActivationRows.all(rows, RuleVersions::of))));
  }

  private static Tuple since(
      UUID organization, List<EnvironmentSettings> all, RulesInMemory before) {
    List<Scope> scopes = all.stream().map(EnvironmentSettings::scope).toList();
    return Tuple.of(organization)
        .addArrayOfUUID(scopes.stream().map(Scope::requireProject).toArray(UUID[]::new))
        .addArrayOfUUID(scopes.stream().map(Scope::requireEnvironment).toArray(UUID[]::new))
        .addArrayOfInteger(
            scopes.stream()
                .map(scope -> before.number(scope.requireEnvironment()))
                .toArray(Integer[]::new));
  }

  private static Future<Map<UUID, WrittenGuards>> guards(
      SqlConnection connection, UUID organization) {
    return connection
        .preparedQuery(GUARDS)
        .execute(Tuple.of(organization))
        .map(StoredPolicies::guards);
  }

  private static Map<UUID, WrittenGuards> guards(RowSet<Row> rows) {
    Map<UUID, WrittenGuards> guards = new HashMap<>();
    for (Row row : rows) {
      WrittenGuards written = guards.computeIfAbsent(row.getUUID(0), first -> new WrittenGuards());
      Map<String, @Nullable Object> settings =
          StrictJson.parseObject(row.getString(2).getBytes(StandardCharsets.UTF_8));
      if (row.getString(1).equals(Guard.LOOP.name())) {
        written.loop = LoopGuardSettings.fromJson(settings);
      } else {
        written.intent = IntentGuardSettings.fromStored(settings);
      }
    }
    return guards;
  }

  private static Map<UUID, Written> byProject(List<EnvironmentSettings> all, Read read) {
    Map<UUID, Written> written = new HashMap<>();
    for (EnvironmentSettings environment : all) {
      UUID project = environment.scope().requireProject();
      written.computeIfAbsent(
          project,
          absent -> {
            WrittenGuards guards = read.guards.getOrDefault(project, new WrittenGuards());
            return new Written(read.rules.ofProject(all, project), guards.loop, guards.intent);
          });
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
        Buffer.buffer(named.snapshot().manifest()));
  }
}
