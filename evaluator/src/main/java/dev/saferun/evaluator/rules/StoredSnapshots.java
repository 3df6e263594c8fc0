package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.KeptPolicies;
import dev.saferun.evaluator.KeptPolicy;
import dev.saferun.evaluator.PolicyContent;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Reads back what {@link StoredPolicies} kept: the manifest, and the rule versions it names. */
@Singleton
class StoredSnapshots implements KeptPolicies {

  private static final String MANIFEST =
      "select content from evaluator.snapshot where organization_id = $1 and id = $2 limit 1";

  private static final String VERSIONS =
      "select * from evaluator.rule_version where organization_id = $1 and id = any($2)";

  private final Database database;

  StoredSnapshots(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<Optional<KeptPolicy>> find(UUID organizationId, String snapshotId) {
    return database.inConnection(
        organizationId,
        connection ->
            connection
                .preparedQuery(MANIFEST)
                .execute(Tuple.of(organizationId, snapshotId))
                .map(rows -> ActivationRows.all(rows, row -> row.getBuffer(0).getBytes()))
                .compose(
                    found ->
                        found.isEmpty()
                            ? Future.succeededFuture(Optional.<KeptPolicy>empty())
                            : policy(connection, organizationId, snapshotId, found.getFirst())
                                .map(Optional::of))
                .toCompletionStage());
  }

  private static Future<KeptPolicy> policy(
      SqlConnection connection, UUID organizationId, String id, byte[] manifest) {
    return connection
        .preparedQuery(VERSIONS)
        .execute(Tuple.of(organizationId).addArrayOfUUID(rulesOf(manifest)))
        .map(
            rows ->
                new KeptPolicy(
                    id, manifest, rules(ActivationRows.all(rows, StoredSnapshots::rule))));
  }

  /** None of a manifest that was altered beyond reading: its hash tells. */
  private static UUID[] rulesOf(byte[] manifest) {
    try {
      return PolicyContent.rulesOf(StrictJson.parseObject(manifest)).toArray(UUID[]::new);
    } catch (ProblemException | IllegalArgumentException altered) {
      return new UUID[0];
    }
  }

  private static List<RuleVersion> rules(List<Optional<RuleVersion>> read) {
    return read.stream().flatMap(Optional::stream).toList();
  }

  /** Empty of a row that no version can be made of any more: then the version is missing. */
  private static Optional<RuleVersion> rule(Row row) {
    try {
      return Optional.of(RuleVersions.of(row));
    } catch (RuntimeException altered) {
      return Optional.empty();
    }
  }
}
