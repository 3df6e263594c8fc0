package dev.saferun.audit.delivery;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.Database;
import dev.saferun.platform.Ids;
import dev.saferun.platform.SealedTexts;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Destinations in the database; each change is one transaction with its audit event. */
@Singleton
public class DestinationStore {

  private static final String ALL =
      "select "
          + Destination.COLUMNS
          + ", "
          + Progress.COLUMNS
          + """
          from audit.destination d
          join audit.delivery v on v.organization_id = d.organization_id and v.destination_id = d.id
          where d.organization_id = $1
          """;

  private static final String UPSERT =
      """
      insert into audit.destination (organization_id, id, name, type, format, settings, secrets, kinds, codes, enabled, at)
      values (:organization, :id, :name, :type, :format, cast(cast(:settings as text) as jsonb), :secrets,
        string_to_array(:kinds, ' '), string_to_array(:codes, ' '), :enabled, :at)
      on conflict (organization_id, id) do update set type = excluded.type, format = excluded.format,
        settings = excluded.settings, secrets = excluded.secrets, kinds = excluded.kinds,
        codes = excluded.codes, enabled = excluded.enabled, at = excluded.at
      """;

  /** What was wrong may be mended now; who sends by what it was stops at its next step. */
  private static final String BEGIN =
      """
      insert into audit.delivery (organization_id, destination_id, cursor)
      values (:organization, :id, :cursor)
      on conflict (organization_id, destination_id) do update set failures = 0, retry_at = null,
        holder = null, held_until = null
      """;

  private static final String DELETE =
      "delete from audit.destination where organization_id = :organization and id = :id";

  private static final String MOVE =
      """
      update audit.delivery set cursor = :cursor, holder = null, held_until = null, failures = 0,
        retry_at = null
      where organization_id = :organization and destination_id = :id
      """;

  private static final String AGAIN =
      """
      update audit.dead_letter set again = true
      where organization_id = :organization and destination_id = :id
      """;

  private static final String LETTERS =
      """
      select position, reason, attempts, at, again from audit.dead_letter
      where organization_id = $1 and destination_id = $2 and position > $3 order by position limit $4
      """;

  private final Database database;
  private final AuditLog audit;
  private final SealedTexts secrets;
  private final InstantSource clock;

  DestinationStore(Database database, AuditLog audit, SealedTexts secrets, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** A destination with how far it is. */
  public record Standing(Destination destination, Progress progress) {

    public Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = destination.toJson();
      json.put("delivery", progress.toJson());
      return json;
    }
  }

  /** An event that a receiver will never take. */
  public record DeadLetter(long position, String reason, int attempts, String at, boolean again) {

    static DeadLetter of(Row row) {
      return new DeadLetter(
          row.getLong("position"),
          row.getString("reason"),
          row.getInteger("attempts"),
          row.getOffsetDateTime("at").toInstant().toString(),
          row.getBoolean("again"));
    }
  }

  public CompletionStage<List<Standing>> all(UUID organizationId) {
    return standings(organizationId, ALL + " order by d.name", Tuple.of(organizationId));
  }

  public CompletionStage<Optional<Standing>> find(UUID organizationId, String name) {
    return standings(organizationId, ALL + " and d.name = $2", Tuple.of(organizationId, name))
        .thenApply(found -> found.stream().findFirst());
  }

  private CompletionStage<List<Standing>> standings(
      UUID organizationId, String sql, Tuple parameters) {
    return database
        .inConnection(
            organizationId,
            connection -> connection.preparedQuery(sql).execute(parameters).toCompletionStage())
        .thenApply(
            rows -> {
              List<Standing> standings = new ArrayList<>(rows.size());
              rows.forEach(
                  row -> standings.add(new Standing(Destination.of(row), Progress.of(row))));
              return standings;
            });
  }

  /**
   * Writes a destination.
   *
   * @param wanted its sealed secrets are those that it has already
   * @param fresh credentials in the place of those; null to keep them
   * @param before as it is; null where it is new
   * @param cursor where a new one begins
   */
  public CompletionStage<Void> put(
      Actor by,
      Destination wanted,
      @Nullable Map<String, String> fresh,
      @Nullable Destination before,
      long cursor) {
    CompletionStage<byte @Nullable []> sealed =
        fresh == null
            ? CompletableFuture.completedStage(wanted.sealedSecrets())
            : secrets.seal(wanted.organizationId(), wanted.sealedPlace(), fresh);
    return sealed.thenCompose(
        box ->
            database.inSession(
                wanted.organizationId(),
                session ->
                    upsert(session, wanted, box)
                        .thenCompose(written -> begin(session, wanted, cursor))
                        .thenCompose(
                            begun ->
                                audit.record(
                                    session,
                                    event(
                                        by,
                                        before == null
                                            ? "destination.created"
                                            : "destination.changed",
                                        wanted,
                                        before == null ? null : before.toJson(),
                                        withSecrets(wanted, box != null, fresh != null))))));
  }

  private static Map<String, @Nullable Object> withSecrets(
      Destination wanted, boolean any, boolean fresh) {
    Map<String, @Nullable Object> after = wanted.toJson();
    after.put("has_secrets", any);
    after.put("secrets_changed", fresh);
    return after;
  }

  private CompletionStage<Integer> upsert(
      Stage.Session session, Destination wanted, byte @Nullable [] box) {
    return session
        .<Integer>createNativeQuery(UPSERT)
        .setParameter("organization", wanted.organizationId())
        .setParameter("id", wanted.id())
        .setParameter("name", wanted.name())
        .setParameter("type", wanted.type())
        .setParameter("format", wanted.format())
        .setParameter(
            "settings", new String(CanonicalJson.write(wanted.settings()), StandardCharsets.UTF_8))
        .setParameter("secrets", box)
        .setParameter(
            "kinds",
            String.join(" ", wanted.kinds().stream().map(StreamedEvent.Kind::wire).toList()))
        .setParameter("codes", String.join(" ", wanted.codes()))
        .setParameter("enabled", wanted.enabled())
        .setParameter("at", clock.instant().truncatedTo(ChronoUnit.MICROS))
        .executeUpdate();
  }

  private static CompletionStage<Integer> begin(
      Stage.Session session, Destination wanted, long cursor) {
    return session
        .<Integer>createNativeQuery(BEGIN)
        .setParameter("organization", wanted.organizationId())
        .setParameter("id", wanted.id())
        .setParameter("cursor", cursor)
        .executeUpdate();
  }

  public CompletionStage<Void> delete(Actor by, Destination gone) {
    return change(by, DELETE, gone, "destination.deleted", gone.toJson(), null);
  }

  /** Sends again from a position; whoever sends now stops at its next step. */
  public CompletionStage<Void> backFill(Actor by, Destination destination, long cursor) {
    return database.inSession(
        destination.organizationId(),
        session ->
            session
                .<Integer>createNativeQuery(MOVE)
                .setParameter("organization", destination.organizationId())
                .setParameter("id", destination.id())
                .setParameter("cursor", cursor)
                .executeUpdate()
                .thenCompose(
                    moved ->
                        audit.record(
                            session,
                            event(
                                by,
                                "destination.back_filled",
                                destination,
                                null,
                                Map.of("cursor", cursor)))));
  }

  /** Lets the dead letters be sent once more. */
  public CompletionStage<Void> sendAgain(Actor by, Destination destination) {
    return change(by, AGAIN, destination, "destination.retried", null, destination.toJson());
  }

  /** Tells that somebody tried it, and how that went. */
  public CompletionStage<Void> tested(Actor by, Destination destination, @Nullable String fault) {
    Map<String, @Nullable Object> about = destination.toJson();
    AuditEvent event;
    if (fault == null) {
      event = event(by, "destination.tested", destination, null, about);
    } else {
      about.put("fault", fault);
      event = AuditEvent.failed(by, "destination.test_failed", target(destination), about);
    }
    return database.inSession(
        destination.organizationId(), session -> audit.record(session, event));
  }

  private CompletionStage<Void> change(
      Actor by,
      String sql,
      Destination destination,
      String code,
      @Nullable Map<String, @Nullable Object> before,
      @Nullable Map<String, @Nullable Object> after) {
    return database.inSession(
        destination.organizationId(),
        session ->
            session
                .<Integer>createNativeQuery(sql)
                .setParameter("organization", destination.organizationId())
                .setParameter("id", destination.id())
                .executeUpdate()
                .thenCompose(
                    changed -> audit.record(session, event(by, code, destination, before, after))));
  }

  private static AuditEvent event(
      Actor by,
      String code,
      Destination destination,
      @Nullable Map<String, @Nullable Object> before,
      @Nullable Map<String, @Nullable Object> after) {
    return new AuditEvent(by, code, target(destination), before, after);
  }

  private static String target(Destination destination) {
    return "destination:" + destination.id();
  }

  public CompletionStage<List<DeadLetter>> deadLetters(
      Destination destination, long after, int most) {
    return database
        .inConnection(
            destination.organizationId(),
            connection ->
                connection
                    .preparedQuery(LETTERS)
                    .execute(Tuple.of(destination.organizationId(), destination.id(), after, most))
                    .toCompletionStage())
        .thenApply(
            rows -> {
              List<DeadLetter> letters = new ArrayList<>(rows.size());
              rows.forEach(row -> letters.add(DeadLetter.of(row)));
              return letters;
            });
  }

  /** An id for a destination that is new. */
  public UUID newId() {
    return Ids.next(clock.millis());
  }
}
