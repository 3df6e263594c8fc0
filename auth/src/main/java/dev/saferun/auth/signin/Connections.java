package dev.saferun.auth.signin;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.SealedTexts;
import dev.saferun.platform.StrictJson;
import dev.saferun.platform.Transaction;
import dev.saferun.tenancy.Role;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Connections in the database, each change with its audit event. */
@Singleton
public class Connections {

  private static final String COLUMNS =
      """
      select organization_id, id, name, protocol, settings::text as settings, secrets, enabled,
        just_in_time, default_role, created_at, changed_at, proven_at
      from auth.connection where organization_id = $1 and deleted_at is null
      """;

  private static final String PUT =
      """
      insert into auth.connection (organization_id, id, name, protocol, settings, secrets, enabled,
        just_in_time, default_role, created_at, changed_at)
      values ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, $9, $10, $10)
      on conflict (organization_id, id) do update set settings = excluded.settings,
        secrets = excluded.secrets, enabled = excluded.enabled, just_in_time = excluded.just_in_time,
        default_role = excluded.default_role, changed_at = excluded.changed_at,
        proven_at = case when auth.connection.settings = excluded.settings
          and auth.connection.secrets is not distinct from excluded.secrets
          then auth.connection.proven_at end
      """;

  private static final String DELETE =
      """
      update auth.connection set deleted_at = $3, enabled = false, secrets = null
      where organization_id = $1 and id = $2
      """;

  private static final String CLOSE_DOORS =
      "delete from auth.domain_door where organization_id = $1 and connection_id = $2";

  private static final String FORGET_DOMAINS =
      """
      update auth.domain set connection_id = null where organization_id = $1 and connection_id = $2
      """;

  private static final String PROVEN =
      """
      update auth.connection set proven_at = $4
      where organization_id = $1 and id = $2 and changed_at = $3
      """;

  private final SealedTexts seals;
  private final AuditLog audit;
  private final InstantSource clock;

  Connections(SealedTexts seals, AuditLog audit, InstantSource clock) {
    this.seals = seals;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What a connection is to be.
   *
   * @param secrets in the place of those that it has; null to keep these
   */
  public record Wanted(
      String name,
      Protocol protocol,
      Map<String, @Nullable Object> settings,
      @Nullable Map<String, String> secrets,
      boolean enabled,
      boolean justInTime,
      @Nullable Role defaultRole) {

    /** Without the secrets. */
    @Override
    public String toString() {
      return "Wanted[" + name + "]";
    }
  }

  public List<Connection> all(Transaction transaction) {
    return transaction.rows(COLUMNS + " order by name", transaction.organizationId()).stream()
        .map(Connections::connection)
        .toList();
  }

  public Optional<Connection> named(Transaction transaction, String name) {
    return transaction
        .row(COLUMNS + " and name = $2", transaction.organizationId(), name)
        .map(Connections::connection);
  }

  public Optional<Connection> find(Transaction transaction, UUID id) {
    return transaction
        .row(COLUMNS + " and id = $2", transaction.organizationId(), id)
        .map(Connections::connection);
  }

  public Connection get(Transaction transaction, String name) {
    return named(transaction, name).orElseThrow(Connections::absent);
  }

  private static ProblemException absent() {
    return new ProblemException(
        CommonProblem.NOT_FOUND, "there is no such connection in your organization");
  }

  public Map<String, String> secrets(Transaction transaction, Connection connection) {
    return transaction.await(
        seals.open(connection.organizationId(), connection.sealedPlace(), connection.secrets()));
  }

  /** Makes or changes it; of what is as it was before there is no event. */
  public Connection put(Transaction transaction, Actor by, Wanted wanted) {
    Connection before = named(transaction, wanted.name()).orElse(null);
    if (before != null && before.protocol() != wanted.protocol()) {
      throw new ProblemException(
          CommonProblem.CONFLICT, "a connection keeps its protocol; make another one");
    }
    UUID id = before == null ? Ids.next(clock.millis()) : before.id();
    byte @Nullable [] sealed = sealed(transaction, id, wanted, before);
    transaction.change(
        PUT,
        transaction.organizationId(),
        id,
        wanted.name(),
        wanted.protocol().wire(),
        new String(CanonicalJson.write(wanted.settings()), StandardCharsets.UTF_8),
        sealed == null ? null : Buffer.buffer(sealed),
        wanted.enabled(),
        wanted.justInTime(),
        wanted.defaultRole() == null ? null : wanted.defaultRole().wire(),
        now());
    Connection after = find(transaction, id).orElseThrow();
    Map<String, @Nullable Object> told = after.toJson();
    if (wanted.secrets() != null) {
      told.put("secrets_changed", true);
    }
    if (before == null || !before.toJson().equals(told)) {
      audit.record(
          transaction,
          new AuditEvent(
              by,
              before == null ? "connection.created" : "connection.changed",
              after.target(),
              before == null ? null : before.toJson(),
              told));
    }
    return after;
  }

  private byte @Nullable [] sealed(
      Transaction transaction, UUID id, Wanted wanted, @Nullable Connection before) {
    Map<String, String> secrets = wanted.secrets();
    if (secrets == null) {
      return before == null ? null : before.secrets();
    }
    String place = "auth.connection/" + transaction.organizationId() + "/" + id;
    return transaction.await(seals.seal(transaction.organizationId(), place, secrets));
  }

  public void delete(Transaction transaction, Actor by, Connection connection) {
    transaction.change(CLOSE_DOORS, transaction.organizationId(), connection.id());
    transaction.change(FORGET_DOMAINS, transaction.organizationId(), connection.id());
    transaction.change(DELETE, transaction.organizationId(), connection.id(), now());
    audit.record(
        transaction,
        new AuditEvent(by, "connection.deleted", connection.target(), connection.toJson(), null));
  }

  /** Somebody signed in by it, as it was then. */
  void proven(Transaction transaction, Connection connection) {
    transaction.change(
        PROVEN,
        transaction.organizationId(),
        connection.id(),
        connection.changedAt().atOffset(ZoneOffset.UTC),
        now());
  }

  private static Connection connection(Row row) {
    String role = row.getString("default_role");
    Buffer secrets = row.getBuffer("secrets");
    OffsetDateTime proven = row.getOffsetDateTime("proven_at");
    return new Connection(
        row.getUUID("organization_id"),
        row.getUUID("id"),
        row.getString("name"),
        Protocol.valueOf(row.getString("protocol").toUpperCase(Locale.ROOT)),
        StrictJson.parseObject(row.getString("settings").getBytes(StandardCharsets.UTF_8)),
        secrets == null ? null : secrets.getBytes(),
        row.getBoolean("enabled"),
        row.getBoolean("just_in_time"),
        role == null ? null : Role.valueOf(role.toUpperCase(Locale.ROOT)),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("changed_at").toInstant(),
        proven == null ? null : proven.toInstant());
  }

  private OffsetDateTime now() {
    return instant().atOffset(ZoneOffset.UTC);
  }

  private Instant instant() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
