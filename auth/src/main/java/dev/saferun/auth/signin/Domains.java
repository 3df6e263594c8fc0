package dev.saferun.auth.signin;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Transaction;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The domains that an organization claims, and the doors that those which it proved lead to. A
 * domain is one organization's at most.
 */
@Singleton
public class Domains {

  private static final int TOKEN_BYTES = 16;
  private static final Pattern FORM =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+");

  private static final String COLUMNS =
      """
      select d.name, c.name as connection, d.connection_id, d.token, d.claimed_at, d.verified_at,
        d.verified_by
      from auth.domain d
      left join auth.connection c on c.organization_id = d.organization_id and c.id = d.connection_id
      where d.organization_id = $1
      """;

  private static final String PUT =
      """
      insert into auth.domain (organization_id, name, connection_id, token, claimed_at)
      values ($1, $2, $3, $4, $5)
      on conflict (organization_id, name) do update set connection_id = excluded.connection_id
      """;

  private static final String VERIFIED =
      """
      update auth.domain set verified_at = $3, verified_by = $4
      where organization_id = $1 and name = $2
      """;

  private static final String OPEN_DOOR =
      """
      insert into auth.domain_door (name, organization_id, connection_id) values ($2, $1, $3)
      on conflict (name) do update set connection_id = excluded.connection_id
        where auth.domain_door.organization_id = $1
      """;

  private static final String CLOSE_DOOR =
      "delete from auth.domain_door where organization_id = $1 and name = $2";

  private static final String DELETE =
      "delete from auth.domain where organization_id = $1 and name = $2";

  private static final String DOOR =
      "select organization_id, connection_id from auth.domain_door where name = $1";

  private static final String VERIFIED_NAME =
      """
      select from auth.domain where organization_id = $1 and name = $2 and verified_at is not null
      """;

  private final Database database;
  private final TxtRecords records;
  private final AuditLog audit;
  private final InstantSource clock;

  Domains(Database database, TxtRecords records, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.records = records;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A claimed domain.
   *
   * @param connection by which its people sign in; null for none
   * @param record what must stand in a TXT record of the domain
   * @param verifiedBy how it was proven: {@code dns}, or by whom; null where it was not
   */
  public record Domain(
      String name,
      @Nullable String connection,
      @Nullable UUID connectionId,
      String record,
      Instant claimedAt,
      @Nullable Instant verifiedAt,
      @Nullable String verifiedBy) {}

  /** Where the people of a domain sign in. */
  public record Door(UUID organizationId, UUID connectionId) {}

  /** The domain of an e-mail address, in the form in which it is compared. */
  public static Optional<String> ofEmail(String email) {
    int at = email.lastIndexOf('@');
    String name = email.substring(at + 1).toLowerCase(Locale.ROOT);
    return at > 0 && FORM.matcher(name).matches() ? Optional.of(name) : Optional.empty();
  }

  /** Asked by the sign-in page, before anybody is anybody. */
  public CompletionStage<Optional<Door>> door(String domain) {
    return Transaction.in(
        database,
        new UUID(0, 0),
        transaction ->
            transaction
                .row(DOOR, domain)
                .map(
                    row -> new Door(row.getUUID("organization_id"), row.getUUID("connection_id"))));
  }

  public List<Domain> all(Transaction transaction) {
    return transaction.rows(COLUMNS + " order by d.name", transaction.organizationId()).stream()
        .map(Domains::domain)
        .toList();
  }

  private Optional<Domain> find(Transaction transaction, String name) {
    return transaction
        .row(COLUMNS + " and d.name = $2", transaction.organizationId(), name)
        .map(Domains::domain);
  }

  public boolean isVerified(Transaction transaction, String name) {
    return transaction.row(VERIFIED_NAME, transaction.organizationId(), name).isPresent();
  }

  /** Claims a domain, or has its people sign in by another connection. */
  public Domain put(
      Transaction transaction, Actor by, String name, @Nullable Connection connection) {
    if (!FORM.matcher(name).matches()) {
      throw new ProblemException(
          CommonProblem.INVALID_PARAMETER,
          "must be a domain such as example.com, in lower case, and in its xn-- form where it has"
              + " other letters");
    }
    Domain before = find(transaction, name).orElse(null);
    UUID connectionId = connection == null ? null : connection.id();
    transaction.change(
        PUT,
        transaction.organizationId(),
        name,
        connectionId,
        HexFormat.of().formatHex(Ids.secret(TOKEN_BYTES)),
        now());
    if (before != null && before.verifiedAt() != null) {
      openDoor(transaction, name, connectionId);
    }
    Domain after = find(transaction, name).orElseThrow();
    if (before == null || !audited(before).equals(audited(after))) {
      String code = before == null ? "domain.claimed" : "domain.changed";
      audit.record(
          transaction,
          new AuditEvent(
              by, code, "domain:" + name, before == null ? null : audited(before), audited(after)));
    }
    return after;
  }

  /** Looks for the record; blocks, and holds no connection to the database meanwhile. */
  public Domain verifyByDns(Actor by, String name) {
    UUID organization = by.organizationId();
    Domain domain =
        Transaction.join(
            Transaction.in(database, organization, transaction -> get(transaction, name)));
    if (!records.of(name).contains(domain.record())) {
      throw new ProblemException(
          CommonProblem.CONFLICT,
          "no TXT record of the domain says "
              + domain.record()
              + "; a new record may take minutes");
    }
    return Transaction.join(
        Transaction.in(
            database, organization, transaction -> verified(transaction, by, name, "dns")));
  }

  /** Takes the word of the operator of the appliance, where there is no DNS. */
  public Domain vouch(Transaction transaction, Actor operator, String name) {
    get(transaction, name);
    return verified(transaction, operator, name, operator.name());
  }

  private Domain verified(Transaction transaction, Actor by, String name, String how) {
    Domain before = get(transaction, name);
    if (before.verifiedAt() != null) {
      return before;
    }
    transaction.change(VERIFIED, transaction.organizationId(), name, now(), how);
    openDoor(transaction, name, before.connectionId());
    audit.record(
        transaction,
        new AuditEvent(
            by, "domain.verified", "domain:" + name, null, Map.of("name", name, "by", how)));
    return get(transaction, name);
  }

  private static void openDoor(Transaction transaction, String name, @Nullable UUID connectionId) {
    if (connectionId == null) {
      transaction.change(CLOSE_DOOR, transaction.organizationId(), name);
      return;
    }
    int opened = transaction.change(OPEN_DOOR, transaction.organizationId(), name, connectionId);
    if (opened == 0) {
      throw new ProblemException(
          CommonProblem.CONFLICT, "another organization of this appliance has proven this domain");
    }
  }

  public void delete(Transaction transaction, Actor by, String name) {
    Domain before = get(transaction, name);
    transaction.change(CLOSE_DOOR, transaction.organizationId(), name);
    transaction.change(DELETE, transaction.organizationId(), name);
    audit.record(
        transaction, new AuditEvent(by, "domain.deleted", "domain:" + name, audited(before), null));
  }

  private Domain get(Transaction transaction, String name) {
    return find(transaction, name)
        .orElseThrow(
            () ->
                new ProblemException(
                    CommonProblem.NOT_FOUND, "your organization does not claim this domain"));
  }

  private static Domain domain(Row row) {
    OffsetDateTime verified = row.getOffsetDateTime("verified_at");
    return new Domain(
        row.getString("name"),
        row.getString("connection"),
        row.getUUID("connection_id"),
        "saferun-verification=" + row.getString("token"),
        row.getOffsetDateTime("claimed_at").toInstant(),
        verified == null ? null : verified.toInstant(),
        row.getString("verified_by"));
  }

  private static Map<String, @Nullable Object> audited(Domain domain) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", domain.name());
    json.put("connection", domain.connection());
    json.put("verified", domain.verifiedAt() != null);
    return json;
  }

  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
