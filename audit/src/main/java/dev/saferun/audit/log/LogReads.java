package dev.saferun.audit.log;

import dev.saferun.audit.merkle.Proofs;
import dev.saferun.audit.note.VerifierKey;
import dev.saferun.platform.Database;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Reads what is signed of a log, and makes proofs of it. */
@Singleton
public class LogReads {

  private static final String CHECKPOINTS =
      """
      select size, note from audit.checkpoint
      where organization_id = $1 and size > $2 and size <= $3 order by size limit $4
      """;

  private static final String NEWEST =
      "select size, note from audit.checkpoint where organization_id = $1 order by size desc limit 1";

  private final Database database;
  private final LogKeys keys;
  private final LogWriter writer;
  private final Checkpoints checkpoints;

  LogReads(Database database, LogKeys keys, LogWriter writer, Checkpoints checkpoints) {
    this.database = database;
    this.keys = keys;
    this.writer = writer;
    this.checkpoints = checkpoints;
  }

  /** A checkpoint as it was signed. */
  public record Signed(long size, String note) {}

  /** Whose signature the notes bear; empty before the first. */
  public CompletionStage<Optional<VerifierKey>> key(UUID organizationId) {
    return keys.verifier(organizationId);
  }

  public CompletionStage<Optional<Signed>> newest(UUID organizationId) {
    return read(organizationId, NEWEST, Tuple.of(organizationId))
        .thenApply(found -> found.stream().findFirst());
  }

  /** The newest checkpoint, after all that is committed by now was appended and signed. */
  public CompletionStage<Optional<Signed>> upToDate(UUID organizationId) {
    return writer
        .append(organizationId)
        .thenCompose(
            appended ->
                appended == LogWriter.BATCH
                    ? upToDate(organizationId)
                    : checkpoints
                        .sign(organizationId)
                        .thenCompose(signed -> newest(organizationId)));
  }

  /** Checkpoints of sizes after one and up to another, the smallest first. */
  public CompletionStage<List<Signed>> checkpoints(
      UUID organizationId, long after, long upTo, int most) {
    return read(organizationId, CHECKPOINTS, Tuple.of(organizationId, after, upTo, most));
  }

  /** What shows that an entry is in the log of that size. */
  public CompletionStage<List<byte[]>> inclusion(UUID organizationId, long index, long size) {
    return database.inConnection(
        organizationId,
        connection ->
            StoredTree.make(
                connection, organizationId, subtrees -> Proofs.inclusion(index, size, subtrees)));
  }

  /** What shows that the log of the later size begins with that of the earlier one. */
  public CompletionStage<List<byte[]>> consistency(UUID organizationId, long earlier, long later) {
    return database.inConnection(
        organizationId,
        connection ->
            StoredTree.make(
                connection,
                organizationId,
                subtrees -> Proofs.consistency(earlier, later, subtrees)));
  }

  private CompletionStage<List<Signed>> read(UUID organizationId, String sql, Tuple parameters) {
    return database
        .inConnection(
            organizationId,
            connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage())
        .thenApply(
            rows -> {
              List<Signed> signed = new ArrayList<>(rows.size());
              rows.forEach(row -> signed.add(new Signed(row.getLong(0), row.getString(1))));
              return signed;
            });
  }
}
