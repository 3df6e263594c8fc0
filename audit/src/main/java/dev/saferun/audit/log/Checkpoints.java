package dev.saferun.audit.log;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.audit.note.Checkpoint;
import dev.saferun.audit.note.SigningKey;
import dev.saferun.platform.Actor;
import dev.saferun.platform.Database;
import dev.saferun.platform.Scope;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Signs what the log is. A signature that is older than the one before it would look like one that
 * was dated back, so a clock that was set back is told in the log first.
 */
@Singleton
class Checkpoints {

  /** Clocks of nodes differ, and are corrected, by less. */
  static final Duration SKEW_MAX = Duration.ofMinutes(1);

  static final String CLOCK_SET_BACK = "clock.set_back";

  private static final UUID APPLIANCE = new UUID(0, 0);

  private static final String STATE =
      """
      select
        (select coalesce(max(index) + 1, 0) from audit.leaf where organization_id = $1) as size,
        (select coalesce(max(size), 0) from audit.checkpoint where organization_id = $1) as signed,
        (select at from audit.checkpoint where organization_id = $1 order by size desc limit 1) as at
      """;

  private static final String TOLD =
      """
      select count(*) from audit.leaf
      join audit.event on event.organization_id = $1 and event.id = leaf.event_id
      where leaf.organization_id = $1 and leaf.index >= $2 and event.code = $3
      """;

  private static final String INSERT =
      "insert into audit.checkpoint (organization_id, size, at, note) values ($1, $2, $3, $4)";

  private static final String STREAM =
      """
      insert into audit.stream (organization_id, position, kind, id, at, number)
      values ($1, $2, 'checkpoint', $3, $4, $5)
      """;

  private final Database database;
  private final LogWriter writer;
  private final LogKeys keys;
  private final AuditLog audit;
  private final InstantSource clock;

  Checkpoints(
      Database database, LogWriter writer, LogKeys keys, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.writer = writer;
    this.keys = keys;
    this.audit = audit;
    this.clock = clock;
  }

  private record State(long size, long signed, @Nullable Instant at) {

    static State of(Row row) {
      var at = row.getOffsetDateTime("at");
      return new State(
          row.getLong("size"), row.getLong("signed"), at == null ? null : at.toInstant());
    }

    boolean grew() {
      return size > signed;
    }

    boolean isAfter(Instant now) {
      return at != null && now.plus(SKEW_MAX).isBefore(at);
    }
  }

  /** Signs a log that grew; completes with whether it did. */
  CompletionStage<Boolean> sign(UUID organizationId) {
    return database
        .inConnection(organizationId, connection -> state(connection, organizationId))
        .thenCompose(
            state -> {
              if (!state.grew()) {
                return CompletableFuture.completedStage(false);
              }
              return state.isAfter(clock.instant())
                  ? tellOrSign(organizationId, state)
                  : signNow(organizationId);
            });
  }

  private static CompletionStage<State> state(SqlConnection connection, UUID organizationId) {
    return connection
        .preparedQuery(STATE)
        .execute(Tuple.of(organizationId))
        .map(rows -> State.of(rows.iterator().next()))
        .toCompletionStage();
  }

  private CompletionStage<Boolean> tellOrSign(UUID organizationId, State state) {
    return database
        .inConnection(
            organizationId,
            connection ->
                connection
                    .preparedQuery(TOLD)
                    .execute(Tuple.of(organizationId, state.signed(), CLOCK_SET_BACK))
                    .map(rows -> rows.iterator().next().getLong(0) > 0)
                    .toCompletionStage())
        .thenCompose(
            told ->
                told
                    ? signNow(organizationId)
                    : tell(organizationId, state).thenApply(recorded -> false));
  }

  private CompletionStage<Void> tell(UUID organizationId, State state) {
    AuditEvent event =
        new AuditEvent(
            new Actor(
                Actor.Kind.SYSTEM, APPLIANCE, "appliance", new Scope(organizationId, null, null)),
            CLOCK_SET_BACK,
            "log:" + organizationId,
            Map.of("at", String.valueOf(state.at())),
            Map.of("at", clock.instant().toString()));
    return database.inSession(organizationId, session -> audit.record(session, event));
  }

  private CompletionStage<Boolean> signNow(UUID organizationId) {
    return keys.signing(organizationId)
        .thenCompose(
            key ->
                database.inConnection(
                    organizationId, connection -> sign(connection, organizationId, key)));
  }

  private CompletionStage<Boolean> sign(
      SqlConnection connection, UUID organizationId, SigningKey key) {
    return LogWriter.takeTurn(connection, organizationId)
        .thenCompose(
            ends ->
                state(connection, organizationId)
                    .thenCompose(
                        state ->
                            state.grew()
                                ? writer
                                    .frontier(connection, organizationId, ends.size())
                                    .thenCompose(
                                        frontier ->
                                            write(
                                                connection,
                                                organizationId,
                                                ends,
                                                frontier.root(),
                                                key))
                                : CompletableFuture.completedStage(false)));
  }

  private CompletionStage<Boolean> write(
      SqlConnection connection,
      UUID organizationId,
      LogWriter.Ends ends,
      byte[] root,
      SigningKey key) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Checkpoint checkpoint = new Checkpoint(LogKeys.origin(organizationId), ends.size(), root, now);
    return connection
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                organizationId, ends.size(), now.atOffset(ZoneOffset.UTC), checkpoint.sign(key)))
        .compose(
            inserted ->
                connection
                    .preparedQuery(STREAM)
                    .execute(
                        Tuple.of(
                            organizationId,
                            ends.position(),
                            id(checkpoint),
                            now.atOffset(ZoneOffset.UTC),
                            ends.size())))
        .map(streamed -> true)
        .toCompletionStage();
  }

  /** The same for the same signature, however often it is sent. */
  private static UUID id(Checkpoint checkpoint) {
    return UUID.nameUUIDFromBytes(
        (checkpoint.origin() + "/" + checkpoint.size()).getBytes(StandardCharsets.UTF_8));
  }
}
