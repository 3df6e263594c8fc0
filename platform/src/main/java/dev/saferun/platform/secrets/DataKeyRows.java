package dev.saferun.platform.secrets;

import dev.saferun.platform.Database;
import dev.saferun.platform.KeyKeeper.WrappedKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/** The table {@code platform.data_key}. */
final class DataKeyRows {

  private static final String COLUMNS =
      "select id, number, wrapped, keeper, keeper_version, created_at from platform.data_key"
          + " where organization_id = $1";
  private static final String INSERT =
      """
      insert into platform.data_key
        (organization_id, id, number, wrapped, keeper, keeper_version, created_at)
      values (%s, %s, %s, %s, %s, %s, %s)""";
  private static final String INSERT_FIRST =
      INSERT.formatted("$1", "$2", "1", "$3", "$4", "$5", "$6") + " on conflict do nothing";

  private static final String ONE_AT_A_TIME =
      "select 1 from pg_advisory_xact_lock(hashtextextended(:lock, 0))";
  private static final String LAST_NUMBER =
      "select coalesce(max(number), 0) from platform.data_key where organization_id = :organization";
  private static final String RETIRE =
      "update platform.data_key set retired_at = :at"
          + " where organization_id = :organization and retired_at is null";

  private final Database database;

  DataKeyRows(Database database) {
    this.database = database;
  }

  CompletionStage<Optional<DataKeyRow>> newest(UUID organizationId) {
    return one(organizationId, COLUMNS + " and retired_at is null", Tuple.of(organizationId));
  }

  CompletionStage<Optional<DataKeyRow>> find(UUID organizationId, UUID keyId) {
    return one(organizationId, COLUMNS + " and id = $2", Tuple.of(organizationId, keyId));
  }

  /** Every key, retired or not, that is not under this version of this keeper. */
  CompletionStage<List<DataKeyRow>> outdated(UUID organizationId, String keeper, int version) {
    return rows(
        organizationId,
        COLUMNS + " and (keeper <> $2 or keeper_version < $3) order by number",
        Tuple.of(organizationId, keeper, version));
  }

  /** Whether it became the organization's first key; another node's may have been there before. */
  CompletionStage<Boolean> insertFirst(UUID organizationId, DataKeyRow row) {
    return change(
        organizationId,
        INSERT_FIRST,
        Tuple.of(
            organizationId,
            row.id(),
            Buffer.buffer(row.wrapped().bytes()),
            row.wrapped().keeper(),
            row.wrapped().version(),
            row.createdAt().atOffset(ZoneOffset.UTC)));
  }

  /** Whether it was still wrapped as {@code row} says and is now wrapped anew. */
  CompletionStage<Boolean> rewrap(UUID organizationId, DataKeyRow row, WrappedKey anew) {
    return change(
        organizationId,
        """
        update platform.data_key set wrapped = $3, keeper = $4, keeper_version = $5
        where organization_id = $1 and id = $2 and wrapped = $6""",
        Tuple.of(
            organizationId,
            row.id(),
            Buffer.buffer(anew.bytes()),
            anew.keeper(),
            anew.version(),
            Buffer.buffer(row.wrapped().bytes())));
  }

  /** Retires the newest key and puts this one in its place, in the caller's transaction. */
  CompletionStage<Integer> replaceNewest(
      Stage.Session session, UUID organizationId, UUID keyId, WrappedKey wrapped, Instant at) {
    return session
        .createNativeQuery(ONE_AT_A_TIME, Integer.class)
        .setParameter("lock", "data-key/" + organizationId)
        .getSingleResult()
        .thenCompose(
            locked ->
                session
                    .createNativeQuery(LAST_NUMBER, Integer.class)
                    .setParameter("organization", organizationId)
                    .getSingleResult())
        .thenCompose(
            last ->
                session
                    .createNativeQuery(RETIRE)
                    .setParameter("at", at)
                    .setParameter("organization", organizationId)
                    .executeUpdate()
                    .thenCompose(
                        retired -> insert(session, organizationId, keyId, last + 1, wrapped, at)));
  }

  private static CompletionStage<Integer> insert(
      Stage.Session session,
      UUID organizationId,
      UUID keyId,
      int number,
      WrappedKey wrapped,
      Instant at) {
    String insert =
        INSERT.formatted(
            ":organization", ":id", ":number", ":wrapped", ":keeper", ":version", ":at");
    return session
        .createNativeQuery(insert)
        .setParameter("organization", organizationId)
        .setParameter("id", keyId)
        .setParameter("number", number)
        .setParameter("wrapped", wrapped.bytes())
        .setParameter("keeper", wrapped.keeper())
        .setParameter("version", wrapped.version())
        .setParameter("at", at)
        .executeUpdate()
        .thenApply(inserted -> number);
  }

  private CompletionStage<Boolean> change(UUID organizationId, String sql, Tuple values) {
    return database.inConnection(
        organizationId,
        connection ->
            connection
                .preparedQuery(sql)
                .execute(values)
                .map(result -> result.rowCount() == 1)
                .toCompletionStage());
  }

  private CompletionStage<Optional<DataKeyRow>> one(UUID organizationId, String sql, Tuple values) {
    return rows(organizationId, sql, values).thenApply(rows -> rows.stream().findFirst());
  }

  private CompletionStage<List<DataKeyRow>> rows(UUID organizationId, String sql, Tuple values) {
    return database.inConnection(
        organizationId,
        connection ->
            connection
                .preparedQuery(sql)
                .execute(values)
                .map(DataKeyRows::rows)
                .toCompletionStage());
  }

  private static List<DataKeyRow> rows(RowSet<Row> rows) {
    List<DataKeyRow> found = new ArrayList<>(rows.size());
    for (Row row : rows) {
      WrappedKey wrapped =
          new WrappedKey(row.getString(3), row.getInteger(4), row.getBuffer(2).getBytes());
      found.add(
          new DataKeyRow(
              row.getUUID(0), row.getInteger(1), wrapped, row.getOffsetDateTime(5).toInstant()));
    }
    return found;
  }
}
