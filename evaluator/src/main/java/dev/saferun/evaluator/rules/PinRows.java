package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.analysis.Expectation;
import dev.saferun.platform.Actor;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/** Reads and writes pins. */
@Singleton
final class PinRows {

  private static final String OF_RULES =
      """
      select rule, decision_id, expect, comment, version, author_name, created_at
      from evaluator.rule_pin
      where organization_id = $1 and project_id = $2 and rule = any($3)
      order by rule, decision_id""";

  private static final String OF_PROJECT =
      """
      select rule, decision_id, expect, comment, version, author_name, created_at
      from evaluator.rule_pin
      where organization_id = $1 and project_id = $2 and expect = 'must_allow'
      order by created_at desc limit $3""";

  private static final String PUT =
      """
      insert into evaluator.rule_pin
        (organization_id, project_id, rule, decision_id, expect, comment, version, author_id,
         author_name, created_at)
      values (:organization, :project, :rule, :decision, :expect, :comment, :version, :authorId,
              :authorName, :at)
      on conflict (organization_id, project_id, rule, decision_id) do update
      set expect = excluded.expect, comment = excluded.comment, version = excluded.version,
        author_id = excluded.author_id, author_name = excluded.author_name,
        created_at = excluded.created_at""";

  private static final String REMOVE =
      """
      delete from evaluator.rule_pin
      where organization_id = :organization and project_id = :project and rule = :rule
        and decision_id = :decision""";

  Future<List<Pin>> ofRules(
      SqlConnection connection, UUID organizationId, UUID projectId, List<String> rules) {
    return connection
        .preparedQuery(OF_RULES)
        .execute(Tuple.of(organizationId, projectId).addArrayOfString(rules.toArray(String[]::new)))
        .map(rows -> ActivationRows.all(rows, PinRows::pin));
  }

  /** The newest of the calls that some rule of the project must let go. */
  Future<List<Pin>> mustAllow(
      SqlConnection connection, UUID organizationId, UUID projectId, int most) {
    return connection
        .preparedQuery(OF_PROJECT)
        .execute(Tuple.of(organizationId, projectId, most))
        .map(rows -> ActivationRows.all(rows, PinRows::pin));
  }

  private static Pin pin(Row row) {
    return new Pin(
        row.getString("rule"),
        row.getUUID("decision_id"),
        Expectation.valueOf(row.getString("expect").toUpperCase(Locale.ROOT)),
        row.getString("comment"),
        row.getInteger("version"),
        row.getString("author_name"),
        row.getOffsetDateTime("created_at").withOffsetSameInstant(ZoneOffset.UTC).toInstant());
  }

  CompletionStage<Integer> put(Stage.Session session, UUID projectId, Pin pin, Actor by) {
    return session
        .<Integer>createNativeQuery(PUT)
        .setParameter("organization", by.organizationId())
        .setParameter("project", projectId)
        .setParameter("rule", pin.rule())
        .setParameter("decision", pin.decisionId())
        .setParameter("expect", pin.expect().wire())
        .setParameter("comment", pin.comment())
        .setParameter("version", pin.version())
        .setParameter("authorId", by.id())
        .setParameter("authorName", pin.author())
        .setParameter("at", pin.createdAt())
        .executeUpdate();
  }

  CompletionStage<Integer> remove(Stage.Session session, UUID projectId, Pin pin, Actor by) {
    return session
        .<Integer>createNativeQuery(REMOVE)
        .setParameter("organization", by.organizationId())
        .setParameter("project", projectId)
        .setParameter("rule", pin.rule())
        .setParameter("decision", pin.decisionId())
        .executeUpdate();
  }
}
