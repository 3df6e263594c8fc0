package dev.saferun.audit.log;

import dev.saferun.audit.note.SigningKey;
import dev.saferun.audit.note.VerifierKey;
import dev.saferun.platform.DataKey;
import dev.saferun.platform.DataKeys;
import dev.saferun.platform.Database;
import dev.saferun.platform.Envelope;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The key that signs an organization's log. It is made with the first signature, is kept sealed
 * with the organization's data key, and is in the clear only while something is signed.
 */
@Singleton
class LogKeys {

  private static final String FIND =
      "select verifier, sealed from audit.log_key where organization_id = $1";

  private static final String INSERT =
      """
      insert into audit.log_key (organization_id, verifier, sealed, at) values ($1, $2, $3, $4)
      on conflict do nothing
      """;

  private final Database database;
  private final DataKeys dataKeys;
  private final InstantSource clock;

  LogKeys(Database database, DataKeys dataKeys, InstantSource clock) {
    this.database = database;
    this.dataKeys = dataKeys;
    this.clock = clock;
  }

  private record Kept(VerifierKey verifier, byte[] sealed) {

    static Kept of(Row row) {
      return new Kept(VerifierKey.parse(row.getString(0)), row.getBuffer(1).getBytes());
    }
  }

  /** The log's name, which is its key's name, too. */
  static String origin(UUID organizationId) {
    return "saferun/audit/" + organizationId;
  }

  /** The public half; empty before the first signature. */
  CompletionStage<Optional<VerifierKey>> verifier(UUID organizationId) {
    return kept(organizationId).thenApply(kept -> kept.map(Kept::verifier));
  }

  /** The key, made where there is none. Fails where the keeper of secrets cannot be asked. */
  CompletionStage<SigningKey> signing(UUID organizationId) {
    return kept(organizationId)
        .thenCompose(
            kept ->
                kept.isPresent()
                    ? CompletableFuture.completedStage(kept.get())
                    : make(organizationId))
        .thenCompose(kept -> opened(organizationId, kept));
  }

  private CompletionStage<Optional<Kept>> kept(UUID organizationId) {
    return database
        .inConnection(
            organizationId,
            connection ->
                connection
                    .preparedQuery(FIND)
                    .execute(Tuple.of(organizationId))
                    .toCompletionStage())
        .thenApply(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(Kept.of(rows.iterator().next())));
  }

  /** Two nodes may make one; the first that is kept is the key. */
  private CompletionStage<Kept> make(UUID organizationId) {
    return dataKeys
        .fetch(organizationId)
        .thenCompose(dataKey -> insert(organizationId, dataKey))
        .thenCompose(inserted -> kept(organizationId))
        .thenApply(Optional::orElseThrow);
  }

  private CompletionStage<Void> insert(UUID organizationId, DataKey dataKey) {
    SigningKey key = SigningKey.generate(origin(organizationId));
    byte[] sealed = Envelope.seal(dataKey, key.encoded(), bound(organizationId));
    return database.inConnection(
        organizationId,
        connection ->
            connection
                .preparedQuery(INSERT)
                .execute(
                    Tuple.of(
                        organizationId,
                        key.verifier().toString(),
                        Buffer.buffer(sealed),
                        clock.instant().atOffset(ZoneOffset.UTC)))
                .<Void>mapEmpty()
                .toCompletionStage());
  }

  private CompletionStage<SigningKey> opened(UUID organizationId, Kept kept) {
    return dataKeys
        .find(organizationId, Envelope.keyId(kept.sealed()))
        .thenApply(
            dataKey ->
                SigningKey.of(
                    kept.verifier(),
                    Envelope.open(
                        dataKey.orElseThrow(
                            () -> new IllegalStateException("the data key of a log's key is gone")),
                        kept.sealed(),
                        bound(organizationId))));
  }

  private static byte[] bound(UUID organizationId) {
    return ("audit.log_key/" + organizationId).getBytes(StandardCharsets.UTF_8);
  }
}
