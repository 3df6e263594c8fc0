package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.ActiveRule;
import dev.saferun.evaluator.Candidates;
import dev.saferun.evaluator.EvaluatorProblem;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.PolicySnapshot;
import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.snapshot.Snapshots;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import dev.saferun.tenancy.EnvironmentSettings;
import io.micronaut.scheduling.TaskExecutors;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Takes the versions from the database and what is in force from memory. */
@Singleton
final class StoredCandidates implements Candidates {

  /** One row for each draft that there is, with its place. */
  private static final String VERSIONS =
      """
      select wanted.place, version.*
      from unnest($3::text[], $4::integer[]) with ordinality as wanted (name, version, place)
      join lateral (
        select * from evaluator.rule_version one
        where one.organization_id = $1 and one.project_id = $2 and one.name = wanted.name
          and (wanted.version is null or one.version = wanted.version)
        order by one.version desc limit 1) version on true""";

  private final Database database;
  private final Snapshots snapshots;
  private final ExecutorService compiling;

  StoredCandidates(
      Database database, Snapshots snapshots, @Named(TaskExecutors.IO) ExecutorService compiling) {
    this.database = database;
    this.snapshots = snapshots;
    this.compiling = compiling;
  }

  @Override
  public CompletionStage<Candidate> over(EnvironmentSettings environment, List<Draft> drafts) {
    PolicySnapshot inForce =
        snapshots
            .inForce(environment.scope().requireEnvironment())
            .orElseThrow(
                () ->
                    new ProblemException(
                        EvaluatorProblem.POLICY_NOT_LOADED,
                        "the environment has no policy yet; try again"));
    return versions(environment.scope(), drafts)
        .thenApplyAsync(
            versions ->
                new Candidate(
                    PolicySnapshot.of(laidOver(inForce.content(), versions), List.of(inForce)),
                    versions),
            compiling);
  }

  private CompletionStage<List<RuleVersion>> versions(Scope scope, List<Draft> drafts) {
    Tuple parameters =
        Tuple.of(scope.organizationId(), scope.requireProject())
            .addArrayOfString(drafts.stream().map(Draft::rule).toArray(String[]::new))
            .addArrayOfInteger(
                drafts.stream().map(StoredCandidates::number).toArray(Integer[]::new));
    return database
        .inConnection(
            scope.organizationId(),
            connection ->
                connection.preparedQuery(VERSIONS).execute(parameters).toCompletionStage())
        .thenApply(rows -> all(rows, drafts));
  }

  private static @Nullable Integer number(Draft draft) {
    return draft.version().isPresent() ? draft.version().getAsInt() : null;
  }

  private static List<RuleVersion> all(RowSet<Row> rows, List<Draft> drafts) {
    Map<Long, RuleVersion> byPlace = new LinkedHashMap<>();
    rows.forEach(row -> byPlace.put(row.getLong("place"), RuleVersions.of(row)));
    List<RuleVersion> versions = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      RuleVersion version = byPlace.get(i + 1L);
      if (version == null) {
        throw new ProblemException(
            CommonProblem.INVALID_FIELD,
            "the project has no such rule, or the rule no such version",
            "/rules/" + i);
      }
      versions.add(version);
    }
    return versions;
  }

  private static PolicyContent laidOver(PolicyContent base, List<RuleVersion> drafts) {
    Map<String, ActiveRule> rules = new LinkedHashMap<>();
    base.rules().forEach(active -> rules.put(active.rule().name(), active));
    drafts.forEach(draft -> rules.put(draft.name(), ActiveRule.of(draft, RuleState.BLOCK)));
    return new PolicyContent(
        base.mode(),
        base.onErrorDefault(),
        List.copyOf(rules.values()),
        base.loopGuard(),
        base.intent());
  }
}
