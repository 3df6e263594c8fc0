package dev.saferun.auth.ticket;

import dev.saferun.audit.AuditEvent;
import dev.saferun.audit.AuditLog;
import dev.saferun.auth.keys.KeyHasher;
import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Ids;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.Transaction;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Access and directory tokens in the database, each change with its audit event. */
@Singleton
public class Tokens {

  private static final Duration USED_AGAIN_AFTER = Duration.ofMinutes(1);

  /** Where single sign-on is enforced, how long ago a token's owner may have signed in by it. */
  private static final Duration SIGNED_IN_WITHIN = Duration.ofDays(30);

  private static final String COLUMNS =
      """
      select id, kind, member_id, name, hint, permissions, created_at, created_by, expires_at,
        revoked_at, last_used_at
      from auth.token
      """;

  private static final String ISSUE =
      """
      insert into auth.token (organization_id, id, kind, member_id, name, hash, hint, permissions,
        created_at, created_by, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """;

  private static final String FIND =
      COLUMNS
          + """
          where organization_id = $1 and hash = $2 and revoked_at is null and expires_at > $3
            and (member_id is null
              or not exists (select from auth.sign_in_policy p
                where p.organization_id = $1 and p.sso_enforced)
              or exists (select from auth.identity i
                where i.organization_id = $1 and i.member_id = auth.token.member_id
                  and i.signed_in_at > $4))
          """;

  private static final String LIST =
      COLUMNS
          + """
          where organization_id = $1 and kind = $2 and ($3::uuid is null or member_id = $3)
          order by id
          """;

  private static final String USED =
      "update auth.token set last_used_at = $3 where organization_id = $1 and id = $2";

  private static final String REVOKE =
      """
      update auth.token set revoked_at = $5
      where organization_id = $1 and kind = $2 and ($3::uuid is null or member_id = $3) and id = $4
        and revoked_at is null
      """;

  private final KeyHasher hasher;
  private final AuditLog audit;
  private final InstantSource clock;

  Tokens(KeyHasher hasher, AuditLog audit, InstantSource clock) {
    this.hasher = hasher;
    this.audit = audit;
    this.clock = clock;
  }

  /** What a token to be made is for. */
  public record NewToken(
      TicketKind kind,
      @Nullable UUID memberId,
      String name,
      List<String> permissions,
      Instant expiresAt) {}

  public Token.Issued issue(Transaction transaction, Actor by, NewToken wanted) {
    Instant now = now();
    UUID id = Ids.next(now.toEpochMilli());
    String secret = TicketText.random(wanted.kind(), transaction.organizationId());
    Token token =
        new Token(
            id,
            wanted.kind(),
            wanted.memberId(),
            wanted.name(),
            TicketText.hint(secret),
            wanted.permissions(),
            now,
            by.name(),
            wanted.expiresAt().truncatedTo(ChronoUnit.MICROS),
            null,
            null);
    transaction.change(
        ISSUE,
        transaction.organizationId(),
        id,
        token.kind().wire(),
        token.memberId(),
        token.name(),
        hash(secret),
        token.hint(),
        token.permissions().toArray(String[]::new),
        at(now),
        token.createdBy(),
        at(token.expiresAt()));
    audit.record(
        transaction, new AuditEvent(by, "token.created", target(id), null, audited(token)));
    return new Token.Issued(token, secret);
  }

  /** The token of a secret, where it is good; that it was used is noted. */
  public Optional<Token> find(Transaction transaction, String secret) {
    Optional<Token> found =
        transaction
            .row(
                FIND,
                transaction.organizationId(),
                hash(secret),
                at(now()),
                at(now().minus(SIGNED_IN_WITHIN)))
            .map(Tokens::token);
    found.filter(this::isUseDue).ifPresent(token -> used(transaction, token));
    return found;
  }

  private boolean isUseDue(Token token) {
    Instant last = token.lastUsedAt();
    return last == null || last.plus(USED_AGAIN_AFTER).isBefore(now());
  }

  private void used(Transaction transaction, Token token) {
    transaction.change(USED, transaction.organizationId(), token.id(), at(now()));
  }

  /**
   * @param memberId whose; null for all of this kind
   */
  public List<Token> list(Transaction transaction, TicketKind kind, @Nullable UUID memberId) {
    return transaction.rows(LIST, transaction.organizationId(), kind.wire(), memberId).stream()
        .map(Tokens::token)
        .toList();
  }

  /** Revokes a token; one that is revoked already stays so. */
  public void revoke(
      Transaction transaction, Actor by, TicketKind kind, @Nullable UUID memberId, UUID id) {
    Token before =
        list(transaction, kind, memberId).stream()
            .filter(token -> token.id().equals(id))
            .findFirst()
            .orElseThrow(
                () -> new ProblemException(CommonProblem.NOT_FOUND, "there is no such token"));
    int revoked =
        transaction.change(
            REVOKE, transaction.organizationId(), kind.wire(), memberId, id, at(now()));
    if (revoked > 0) {
      audit.record(
          transaction, new AuditEvent(by, "token.revoked", target(id), audited(before), null));
    }
  }

  private static Token token(Row row) {
    OffsetDateTime revoked = row.getOffsetDateTime("revoked_at");
    OffsetDateTime used = row.getOffsetDateTime("last_used_at");
    return new Token(
        row.getUUID("id"),
        TicketKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getUUID("member_id"),
        row.getString("name"),
        row.getString("hint"),
        List.of(row.getArrayOfStrings("permissions")),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getString("created_by"),
        row.getOffsetDateTime("expires_at").toInstant(),
        revoked == null ? null : revoked.toInstant(),
        used == null ? null : used.toInstant());
  }

  private static Map<String, @Nullable Object> audited(Token token) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", token.kind().wire());
    json.put("member_id", token.memberId() == null ? null : token.memberId().toString());
    json.put("name", token.name());
    json.put("hint", token.hint());
    json.put("permissions", token.permissions());
    json.put("expires_at", token.expiresAt().toString());
    return json;
  }

  private Buffer hash(String secret) {
    return Buffer.buffer(hasher.hash(secret).bytes());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String target(UUID id) {
    return "token:" + id;
  }
}
