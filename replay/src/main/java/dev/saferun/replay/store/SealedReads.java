package dev.saferun.replay.store;

import dev.saferun.platform.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads what was sealed of records. */
@Singleton
public final class SealedReads {

  private static final String OF_RECORDS =
      """
      select record_id, key_id, wrapped_key, box, shredded_at from replay.sealed
      where organization_id = $1 and record_id = any ($2)
      """;

  private static final String OF_FRAME =
      """
      select sealed.record_id, sealed.key_id, sealed.wrapped_key, sealed.box, sealed.shredded_at
      from replay.frame join replay.sealed using (record_id)
      where frame.environment_id = $1 and frame.run_id = $2 and frame.frame = $3
      """;

  private final Database database;

  SealedReads(Database database) {
    this.database = database;
  }

  /**
   * What was sealed of one record.
   *
   * @param wrappedKey null once it was destroyed
   */
  public record StoredSeal(
      UUID recordId,
      UUID keyId,
      byte @Nullable [] wrappedKey,
      byte[] box,
      @Nullable OffsetDateTime shreddedAt) {}

  public CompletionStage<List<StoredSeal>> of(UUID organizationId, Collection<UUID> recordIds) {
    return rows(
        organizationId,
        OF_RECORDS,
        Tuple.tuple().addValue(organizationId).addValue(recordIds.toArray(UUID[]::new)));
  }

  /** Of one frame: one, or none where nothing was sealed of it. */
  public CompletionStage<List<StoredSeal>> of(
      UUID organizationId, UUID environmentId, String runId, long frame) {
    return rows(organizationId, OF_FRAME, Tuple.of(environmentId, runId, frame));
  }

  private CompletionStage<List<StoredSeal>> rows(UUID organizationId, String sql, Tuple with) {
    return database
        .inConnection(
            organizationId,
            connection -> connection.preparedQuery(sql).execute(with).toCompletionStage())
        .thenApply(
            rows -> {
              List<StoredSeal> seals = new ArrayList<>(rows.size());
              rows.forEach(row -> seals.add(seal(row)));
              return seals;
            });
  }

  private static StoredSeal seal(Row row) {
    return new StoredSeal(
        row.getUUID(0),
        row.getUUID(1),
        row.getBuffer(2) == null ? null : row.getBuffer(2).getBytes(),
        row.getBuffer(3).getBytes(),
        row.getOffsetDateTime(4));
  }
}
