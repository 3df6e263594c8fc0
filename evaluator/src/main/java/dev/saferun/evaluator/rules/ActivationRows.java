package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleState;
import dev.saferun.evaluator.RuleVersion;
import dev.saferun.evaluator.rules.ActivationRequest.Wanted;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Scope;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Reads what environments have in force, and how it came about, on a connection of the caller. */
final class ActivationRows {

  private final SqlConnection connection;
  private final Scope environment;

  ActivationRows(SqlConnection connection, Scope environment) {
    this.connection = connection;
    this.environment = environment;
  }

  Future<Integer> head() {
    return query(ActivationSql.HEAD, scoped()).map(rows -> rows.iterator().next().getInteger(0));
  }

  Future<List<RuleInForce>> now(List<String> rules) {
    return query(ActivationSql.NOW, scoped().addArrayOfString(texts(rules)))
        .map(rows -> all(rows, ActivationRows::line));
  }

  Future<List<RuleInForce>> after(int number) {
    return query(ActivationSql.AFTER, scoped().addInteger(number))
        .map(rows -> all(rows, ActivationRows::line));
  }

  /** The versions that are asked for; without those that there are not. */
  Future<List<RuleVersion>> versions(List<Wanted> wanted) {
    Tuple tuple =
        Tuple.of(environment.organizationId(), environment.requireProject())
            .addArrayOfString(wanted.stream().map(Wanted::rule).toArray(String[]::new))
            .addArrayOfInteger(
                wanted.stream().map(one -> one.version().orElse(null)).toArray(Integer[]::new));
    return query(ActivationSql.VERSIONS, tuple).map(rows -> all(rows, RuleVersions::of));
  }

  Future<Set<UUID>> cleared(List<RuleInForce> lines) {
    String[] rules = lines.stream().map(RuleInForce::rule).toArray(String[]::new);
    UUID[] versions = lines.stream().map(RuleInForce::versionId).toArray(UUID[]::new);
    return query(ActivationSql.CLEARED, scoped().addArrayOfString(rules).addArrayOfUUID(versions))
        .map(rows -> new HashSet<>(all(rows, row -> row.getUUID(0))));
  }

  Future<List<Activation>> page(int before, int count) {
    return query(ActivationSql.PAGE, scoped().addInteger(before).addInteger(count))
        .map(rows -> all(rows, ActivationRows::activation));
  }

  Future<Activation> one(int number) {
    return page(number + 1, 1)
        .map(
            found ->
                found.stream()
                    .filter(one -> one.number() == number)
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                CommonProblem.NOT_FOUND,
                                "the environment has no activation of this number")));
  }

  Future<List<RuleInForce>> lines(int number) {
    return query(ActivationSql.LINES, scoped().addInteger(number))
        .map(rows -> all(rows, ActivationRows::line));
  }

  private Future<RowSet<Row>> query(String sql, Tuple parameters) {
    return connection.preparedQuery(sql).execute(parameters);
  }

  private Tuple scoped() {
    return Tuple.of(
        environment.organizationId(),
        environment.requireProject(),
        environment.requireEnvironment());
  }

  private static String[] texts(List<String> texts) {
    return texts.toArray(String[]::new);
  }

  static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
    List<T> all = new ArrayList<>(rows.size());
    rows.forEach(row -> all.add(read.apply(row)));
    return all;
  }

  static RuleState state(String wire) {
    return RuleState.valueOf(wire.toUpperCase(Locale.ROOT));
  }

  private static RuleInForce line(Row row) {
    return new RuleInForce(
        row.getString("rule"),
        row.getInteger("version"),
        row.getUUID("version_id"),
        state(row.getString("state")));
  }

  private static Activation activation(Row row) {
    return new Activation(
        row.getInteger("number"),
        row.getString("comment"),
        Optional.ofNullable(row.getInteger("restored")),
        new Grounds(
            Optional.ofNullable(row.getUUID("backtest")),
            Optional.ofNullable(row.getString("override_reason"))),
        row.getInteger("rules"),
        row.getString("author_name"),
        row.getOffsetDateTime("created_at").withOffsetSameInstant(ZoneOffset.UTC).toInstant());
  }
}
